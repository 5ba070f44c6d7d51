using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Seeds;

/// <summary>All seeds, with what each call gives for them as they are.</summary>
internal static class SeedSource
{
    public static Seed[] All(Session session, Workplace place, string prefix)
    {
        IEnumerable<Seed> all = SeedFiles.Features()
            .Concat(SeedFiles.Written(session, place.Made))
            .Concat(SeedFiles.Lists())
            .Concat(SeedRuns.Graphs(session, place.Made))
            .Concat(SeedRuns.Rankings(session, place.Made))
            .Concat(SeedRuns.Datasets(session))
            .Concat(SeedRuns.Pictures(session, place.Made));
        Seed[] chosen = [.. all.Where(seed => seed.Format.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || seed.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];
        return [.. chosen.Select(seed => Tried(seed, session, place))];
    }

    /// <summary>Leaves the calls that take the seed, and the first one where none does.</summary>
    private static Seed Tried(Seed seed, Session session, Workplace place)
    {
        string path = place.Put(seed, seed.Bytes);
        List<(Call Call, Fingerprint? Found)> tried = [];
        foreach (Call call in seed.Calls)
        {
            Answer answer = session.Run(shell => call.Add(shell, path));
            if (answer.Errors.Count == 0)
            {
                tried.Add((call, Fingerprint.Of(answer.Output, seed.Written)));
            }
        }

        if (tried.Count == 0)
        {
            tried.Add((seed.Calls[0], null));
        }

        return seed with { Calls = [.. tried.Select(pair => pair.Call)], Expected = [.. tried.Select(pair => pair.Found)] };
    }
}
