using System.Runtime.InteropServices;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Arrays;

/// <summary>
/// Finds the arrays that make up feature matrices by their names: given ones, or the usual ones, which in a file with several
/// sets start with the set's name (query_f, query_label, query_cam, gallery_f, ...).
/// </summary>
internal sealed class ArrayNames
{
    private const char Separator = '/';

    // layumi's scripts write query_f and query_label; torchreid's and TransReID's qf, q_pids and q_camids.
    private static readonly string[] s_queryPrefixes = ["query_", "q_"];
    private static readonly string[] s_galleryPrefixes = ["gallery_", "g_"];

    // ann-benchmarks calls its sets so; taken where both are there.
    private const string BenchmarkQuery = "test";
    private const string BenchmarkGallery = "train";

    // Within a set the short name that layumi's scripts write comes first.
    private static readonly string[] s_setFeatures = ["f", .. UsualNames.Features];

    private readonly string _path;
    private readonly IReadOnlyList<string> _present;
    private readonly FeatureReadOptions _options;

    // A file may hold hundreds of thousands of arrays, and some dozen names are looked for.
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _alike = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _within = new(StringComparer.OrdinalIgnoreCase);

    public ArrayNames(string path, IReadOnlyList<string> present, FeatureReadOptions options)
    {
        _path = path;
        _present = present;
        _options = options;
        foreach (string name in present)
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            _exact.Add(name);
            _alike.TryAdd(name, name);
            if (name.Contains(Separator))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_within, LastPart(name), out _) ??= []).Add(name);
            }
        }
    }

    /// <summary>The arrays of each set asked for, or those of the file as one matrix.</summary>
    /// <exception cref="GnnReRankException">An array is missing, or the names leave open what is meant.</exception>
    public IReadOnlyList<ArraySet> Find()
    {
        if (_options.FeatureColumns is { Count: > 1 } several)
        {
            throw new GnnReRankException(
                "OneFeatureArray", ErrorKind.InvalidArgument,
                $"'{_path}': {several.Count} feature arrays were named ({FormatErrors.Listed(several)}): in a file of arrays, name the one that holds all features.");
        }

        if (_options.Sets is not { Count: > 0 } sets)
        {
            return [WholeFile()];
        }

        if (sets.Count > 1 && NamesAreGiven)
        {
            throw new GnnReRankException(
                "NamesForSeveralSets", ErrorKind.InvalidArgument,
                $"'{_path}': {sets.Count} sets and the name of an array were given, and it cannot belong to every set. Read one set at a time to name its arrays.");
        }

        return sets.Select(OfSet).ToArray();
    }

    private bool NamesAreGiven => _options.FeatureColumns is { Count: > 0 }
        || _options.LabelColumn is not null || _options.CameraColumn is not null || _options.NameColumn is not null;

    private string? GivenFeatures => _options.FeatureColumns is { Count: > 0 } columns ? Given(columns[0]) : null;

    private ArraySet WholeFile()
    {
        string? features = GivenFeatures ?? Usual(string.Empty, UsualNames.Features);
        if (features is not null)
        {
            return Complete(PrefixOf(features), features, FeatureRole.None);
        }

        string? query = s_queryPrefixes.Select(FeaturesOf).FirstOrDefault(found => found is not null);
        string? gallery = s_galleryPrefixes.Select(FeaturesOf).FirstOrDefault(found => found is not null);
        (query, gallery) = query is null && gallery is null ? (BenchmarkSet(FeatureRole.Query), BenchmarkSet(FeatureRole.Gallery)) : (query, gallery);
        if (query is not null && gallery is not null)
        {
            throw new GnnReRankException(
                "AmbiguousContent", ErrorKind.InvalidArgument,
                $"'{_path}' holds two sets of features, '{query}' and '{gallery}': say which to read with -Set Query, -Set Gallery, or -Set Query, Gallery for both.");
        }

        FeatureRole role = query is not null ? FeatureRole.Query : FeatureRole.Gallery;
        string found = query ?? gallery ?? throw NoFeatures(string.Empty, UsualNames.Features);
        return Complete(PrefixOf(found), found, role);
    }

    private ArraySet OfSet(FeatureRole role)
    {
        string[] prefixes = PrefixesOf(role);
        if (GivenFeatures is string given)
        {
            return Complete(PrefixOf(given).Length > 0 ? PrefixOf(given) : prefixes[0], given, role);
        }

        if (prefixes.Select(FeaturesOf).FirstOrDefault(found => found is not null) is string features)
        {
            return Complete(PrefixOf(features), features, role);
        }

        if (BenchmarkSet(role) is string benchmark)
        {
            return Complete(benchmark + "_", benchmark, role);
        }

        // A set may be a group of its own: query/features, query/labels, ...
        string? grouped = prefixes[0].Length == 0 ? null : Usual(prefixes[0][..^1] + Separator, s_setFeatures);
        return Complete(string.Empty, grouped ?? throw NoFeatures(prefixes[0], prefixes[0].Length == 0 ? UsualNames.Features : s_setFeatures), role);
    }

    private string? BenchmarkSet(FeatureRole role) => _alike.GetValueOrDefault(BenchmarkQuery) is string query && _alike.GetValueOrDefault(BenchmarkGallery) is string gallery
        ? role switch { FeatureRole.Query => query, FeatureRole.Gallery => gallery, _ => null }
        : null;

    // Features of a set under their usual names, or as 'qf' and 'gf'.
    private string? FeaturesOf(string prefix) => prefix.Length == 0
        ? Usual(prefix, UsualNames.Features)
        : Usual(prefix, s_setFeatures) ?? (prefix.Length == 2 ? Match($"{prefix[0]}f") : null);

    private ArraySet Complete(string prefix, string features, FeatureRole role)
    {
        List<string> warnings = [];
        RowSelection selection = _options.Rows ?? new RowSelection();
        string?[] given = [features, Given(_options.LabelColumn), Given(_options.CameraColumn), Given(_options.NameColumn)];
        return new ArraySet(role, features)
        {
            Labels = Choice(given[1], _options.GuessesLabels, UsualNames.Labels, isNeeded: selection.Labels is not null, ArrayGuess.Labels),
            Cameras = Choice(given[2], _options.GuessesCameras, UsualNames.Cameras, isNeeded: selection.Cameras is not null, ArrayGuess.Cameras),
            Names = Choice(given[3], _options.GuessesNames, UsualNames.Names, isNeeded: selection.Names is not null, ArrayGuess.Names),
            Warnings = warnings,
        };

        ArrayChoice? Choice(string? named, bool guesses, IReadOnlyList<string> usual, bool isNeeded, (string What, string Parameter) kind)
        {
            if (named is not null || !guesses)
            {
                return named is null ? null : new ArrayChoice(named, IsOptional: false, TakesTexts: true);
            }

            int before = warnings.Count;
            string? found = ArrayGuess.Take(usual, !isNeeded, kind, warnings, names => Beside(features, prefix, names, given));
            if (found is null && warnings.Count == before && NearName.Warning(_path, _present.Where(name => !given.Contains(name)), StartsOf(features, prefix), usual, kind) is string near)
            {
                warnings.Add(near);
            }

            return found is null ? null : new ArrayChoice(found, !isNeeded, TakesTexts: !UsualNames.AreImageIds(WithoutPrefix(found)));
        }
    }

    private string? Given(string? name) => name is null
        ? null
        : Match(name) ?? throw FormatErrors.ColumnNotFound(_path, $"array '{name}'", _present);

    private string? Usual(string prefix, IReadOnlyList<string> names) =>
        names.Select(name => Match(prefix + name)).FirstOrDefault(found => found is not null);

    // What lies in the group of the features belongs to them. An array that was named for one thing is not guessed for another.
    private string? Beside(string features, string prefix, IReadOnlyList<string> names, string?[] taken)
    {
        return StartsOf(features, prefix).Where(_ => features.Contains(Separator))
            .SelectMany(start => names.Select(name => _alike.GetValueOrDefault(start + name)))
            .Concat(names.Select(name => Match(prefix + name)))
            .FirstOrDefault(found => found is not null && !taken.Contains(found));
    }

    private static IReadOnlyList<string> StartsOf(string features, string prefix)
    {
        string group = features[..(features.LastIndexOf(Separator) + 1)];
        return group.Length > 0 ? [group + prefix, group] : [prefix];
    }

    private string? Match(string name) => _exact.Contains(name) ? name : _alike.GetValueOrDefault(name) ?? MatchWithin(name);

    // Arrays in groups (HDF5) are found by the end of their path, as long as it leaves no choice.
    private string? MatchWithin(string name)
    {
        string[] found = [.. _within.GetValueOrDefault(LastPart(name), []).Where(present => present.EndsWith(Separator + name, StringComparison.OrdinalIgnoreCase))];
        return found.Length < 2 ? found.FirstOrDefault() : throw new GnnReRankException(
            "AmbiguousContent", ErrorKind.InvalidArgument,
            $"'{_path}' holds several arrays '{name}', {FormatErrors.Listed(found)}: say which to read with -FeatureColumn, -LabelColumn, -CameraColumn or -NameColumn, or which set with -Set.");
    }

    private GnnReRankException NoFeatures(string prefix, IReadOnlyList<string> usual) => FormatErrors.ColumnNotFound(
        _path, $"feature array under a usual name ({string.Join(", ", usual.Select(name => prefix + name))}), and none was named", _present);

    private static string[] PrefixesOf(FeatureRole role) => role switch
    {
        FeatureRole.Query => s_queryPrefixes,
        FeatureRole.Gallery => s_galleryPrefixes,
        _ => [string.Empty],
    };

    private static string PrefixOf(string array) => s_queryPrefixes.Concat(s_galleryPrefixes).FirstOrDefault(
        prefix => LastPart(array).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            || (prefix.Length == 2 && LastPart(array).Equals($"{prefix[0]}f", StringComparison.OrdinalIgnoreCase))) ?? string.Empty;

    private static string WithoutPrefix(string array) => LastPart(array).StartsWith(PrefixOf(array), StringComparison.OrdinalIgnoreCase)
        ? LastPart(array)[PrefixOf(array).Length..]
        : LastPart(array);

    private static string LastPart(string name) => name[(name.LastIndexOf(Separator) + 1)..];
}
