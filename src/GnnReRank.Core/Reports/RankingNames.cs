namespace GnnReRank.Reports;

/// <summary>Names that tell the rankings of one report apart.</summary>
internal static class RankingNames
{
    /// <summary>
    /// Each ranking with two names: its settings in full, and its method with those settings alone that others of the same method do
    /// not share. Rankings that no setting tells apart are numbered.
    /// </summary>
    public static MeasuredRanking[] Of(IReadOnlyList<Ranking> rankings)
    {
        string[] full = Numbered([.. rankings.Select(ranking => ranking.Settings.ToString()!)]);
        string[] brief = Numbered([.. rankings.Select(ranking => Brief(ranking, rankings))]);
        return [.. rankings.Select((ranking, i) => new MeasuredRanking(ranking, full[i], brief[i]))];
    }

    private static string Brief(Ranking ranking, IReadOnlyList<Ranking> rankings)
    {
        string[][] rivals = [.. rankings.Where(other => other.Method == ranking.Method).Select(Words)];
        IEnumerable<string> own = Words(ranking).Where(word => !rivals.All(words => words.Contains(word)));
        return string.Join(' ', own.Prepend(ranking.Method));
    }

    private static string[] Words(Ranking ranking) => ranking.Settings.ToString()!.Split(' ');

    private static string[] Numbered(string[] names) =>
    [
        .. names.Select((name, i) => names.Count(other => other == name) == 1 ? name : $"{name} ({names[..(i + 1)].Count(other => other == name)})"),
    ];
}
