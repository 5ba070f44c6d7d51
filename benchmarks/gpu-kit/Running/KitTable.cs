using System.Globalization;

namespace GnnReRank.GpuKit.Running;

/// <summary>The lines as text: one by one, and as the one table at the end.</summary>
internal static class KitTable
{
    /// <summary>The most characters of the table: of a long output, some machines send only the end.</summary>
    public const int MostCharacters = 11_500;

    private const int MostNote = 400;

    private const int MostWhat = 100;

    // For the line that says how many are left out.
    private const int MostRest = 60;

    private const int OfKernels = 4;

    private static readonly int[] s_shorterNotes = [160, 80, 40, 0];

    /// <summary>One line, for the terminal.</summary>
    public static string TextOf(KitLine line)
    {
        string mark = line.Verdict switch
        {
            KitVerdict.Passed => "passed ",
            KitVerdict.Failed => "FAILED ",
            KitVerdict.Skipped => "skipped ",
            _ => string.Empty,
        };
        string value = line.Value is null ? string.Empty : $" {NumberOf(line.Value)} {line.Unit}".TrimEnd();
        string floor = line.Floor is null ? string.Empty : $" (floor {NumberOf(line.Floor)})";
        string note = line.Note.Length == 0 ? string.Empty : $": {line.Note}";
        return $"{line.Step} {mark}{line.What}{value}{floor}{note}";
    }

    /// <summary>All lines as Markdown: failures first, then step by step.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="most">The most characters; notes are shortened and lines of little worth left out where that must be.</param>
    public static string Make(IReadOnlyList<KitLine> lines, int most = int.MaxValue)
    {
        int Count(KitVerdict verdict) => lines.Count(line => line.Verdict == verdict);
        string counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(KitVerdict.Failed)} failed, {Count(KitVerdict.Passed)} passed, " +
            $"{Count(KitVerdict.Skipped)} skipped, {Count(KitVerdict.Measured)} measured.");
        string head = string.Join(
            '\n', counts, string.Empty, "| step | what | how | value | floor | of the floor | note |", "|---|---|---|---|---|---|---|", string.Empty);
        KitLine[] ordered = [.. lines.OrderBy(line => line.Verdict != KitVerdict.Failed).ThenBy(line => line.Step)];
        int room = most - head.Length - MostRest;
        string[] rows = [.. ordered.Select(line => RowOf(line, MostNote))];
        foreach (int note in s_shorterNotes)
        {
            // Single kernels go before the notes of all others do.
            long needed = rows.Where((_, at) => WorthOf(ordered[at]) < OfKernels).Sum(row => (long)row.Length);
            rows = needed <= room ? rows : [.. ordered.Select(line => RowOf(line, note))];
        }

        return head + Fitting(ordered, rows, room);
    }

    /// <summary>As many rows as there is room for, those of the most worth, in their order.</summary>
    private static string Fitting(KitLine[] lines, string[] rows, int room)
    {
        bool[] isKept = new bool[rows.Length];
        foreach (int at in Enumerable.Range(0, rows.Length).OrderBy(at => WorthOf(lines[at])))
        {
            isKept[at] = rows[at].Length <= room;
            room -= isKept[at] ? rows[at].Length : 0;
        }

        int left = isKept.Count(kept => !kept);
        string rest = left == 0 ? string.Empty : $"\n{left} more lines are in {KitReport.FileName}.\n";
        return string.Concat(rows.Where((_, at) => isKept[at])) + rest;
    }

    /// <summary>
    /// The least is the most worth: what failed or cannot be, whole steps; what has a floor or was checked, whole jobs,
    /// torch; other numbers; what was skipped, and classes of tests that passed; single kernels.
    /// </summary>
    private static int WorthOf(KitLine line) =>
        line.Verdict == KitVerdict.Failed || IsBelowFloor(line) || Begins(line, "step ") ? 0
        : Begins(line, "kernel ") ? OfKernels
        : line.Verdict == KitVerdict.Skipped || IsPassedClass(line) ? 3
        : line.Floor is not null || line.Verdict == KitVerdict.Passed || Has(line, ": torch, ", ": whole job, ") ? 1
        : 2;

    private static bool IsPassedClass(KitLine line) =>
        line.Verdict == KitVerdict.Passed && line.What.EndsWith("Tests", StringComparison.Ordinal);

    /// <summary>Less than the least that the card could take: the time is wrong, or the floor.</summary>
    private static bool IsBelowFloor(KitLine line) => line.Value < line.Floor;

    private static bool Begins(KitLine line, string start) => line.What.StartsWith(start, StringComparison.Ordinal);

    private static bool Has(KitLine line, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (line.What.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string RowOf(KitLine line, int mostNote)
    {
        // A failure's words are what the table is read for.
        int most = line.Verdict == KitVerdict.Failed ? Math.Max(mostNote, MostNote) : mostNote;
        string how = line.Verdict switch
        {
            KitVerdict.Failed => "**failed**",
            KitVerdict.Measured => string.Empty,
            KitVerdict verdict => verdict.ToString().ToLowerInvariant(),
        };
        string times = line is { Value: >= 0, Floor: > 0 } ? $"{NumberOf(line.Value / line.Floor)} x" : string.Empty;
        string share = IsBelowFloor(line) ? $"**{times}: below**" : times;
        string value = $"{NumberOf(line.Value)} {line.Unit}".Trim();
        string left = $"| {line.Step} | {CellOf(line.What, MostWhat)} | {how} | {value}";
        return $"{left} | {NumberOf(line.Floor)} | {share} | {CellOf(line.Note, most)} |\n";
    }

    private static string CellOf(string text, int most)
    {
        string flat = text.ReplaceLineEndings(" ").Replace("|", "/", StringComparison.Ordinal);
        return flat.Length <= most ? flat : most < 4 ? string.Empty : flat[..(most - 3)] + "...";
    }

    private static string NumberOf(double? value) => value switch
    {
        null => string.Empty,
        double number when Math.Abs(number) >= 100 || number == Math.Floor(number) => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
    };
}
