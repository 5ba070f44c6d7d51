using System.Globalization;
using System.Text;

namespace GnnReRank.GpuKit.Running;

/// <summary>The lines as text: one by one, and as the one table at the end.</summary>
internal static class KitTable
{
    /// <summary>The most characters of the table: of a long output, some machines send only the end.</summary>
    public const int MostCharacters = 11_500;

    private const int MostNote = 160;

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

    /// <summary>All lines as Markdown: failures first, then step by step, shortened where they are too many.</summary>
    public static string Make(IReadOnlyList<KitLine> lines, int most = MostCharacters)
    {
        int Count(KitVerdict verdict) => lines.Count(line => line.Verdict == verdict);
        StringBuilder head = new();
        head.AppendLine(
            CultureInfo.InvariantCulture,
            $"{Count(KitVerdict.Failed)} failed, {Count(KitVerdict.Passed)} passed, {Count(KitVerdict.Skipped)} skipped, {Count(KitVerdict.Measured)} measured.");
        head.AppendLine().AppendLine("| step | what | how | value | floor | of the floor | note |").AppendLine("|---|---|---|---|---|---|---|");
        List<string> rows =
        [
            .. lines.Where(line => line.Verdict == KitVerdict.Failed).Select(line => RowOf(line, 4 * MostNote)),
            .. lines.Where(line => line.Verdict != KitVerdict.Failed).OrderBy(line => line.Step).Select(line => RowOf(line, MostNote)),
        ];
        return head + Fitting(rows, most - head.Length);
    }

    private static string Fitting(List<string> rows, int room)
    {
        // Facts of single kernels are the longest part, and the file has them all: they are left out last in, first out.
        int length = rows.Sum(row => row.Length + 1);
        int left = 0;
        for (int at = rows.Count - 1; at >= 0 && length > room - 100; at--)
        {
            if (rows[at].Contains("| kernel ", StringComparison.Ordinal))
            {
                length -= rows[at].Length + 1;
                rows.RemoveAt(at);
                left++;
            }
        }

        while (rows.Count > 0 && length > room - 100)
        {
            length -= rows[^1].Length + 1;
            rows.RemoveAt(rows.Count - 1);
            left++;
        }

        string rest = left == 0 ? string.Empty : $"\n{left} more lines are in {KitReport.FileName}.\n";
        return string.Concat(rows.Select(row => row + "\n")) + rest;
    }

    private static string RowOf(KitLine line, int mostNote)
    {
        string how = line.Verdict switch
        {
            KitVerdict.Failed => "**failed**",
            KitVerdict.Measured => string.Empty,
            KitVerdict verdict => verdict.ToString().ToLowerInvariant(),
        };
        string share = line is { Value: > 0, Floor: > 0 }
            ? (Math.Max(line.Value.Value, line.Floor.Value) / Math.Min(line.Value.Value, line.Floor.Value)).ToString("F1", CultureInfo.InvariantCulture) + " x"
            : string.Empty;
        string value = $"{NumberOf(line.Value)} {line.Unit}".Trim();
        return $"| {line.Step} | {CellOf(line.What, MostNote)} | {how} | {value} | {NumberOf(line.Floor)} | {share} | {CellOf(line.Note, mostNote)} |";
    }

    private static string CellOf(string text, int most)
    {
        string flat = text.ReplaceLineEndings(" ").Replace("|", "/", StringComparison.Ordinal);
        return flat.Length <= most ? flat : flat[..(most - 3)] + "...";
    }

    private static string NumberOf(double? value) => value switch
    {
        null => string.Empty,
        double number when Math.Abs(number) >= 100 || number == Math.Floor(number) => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
    };
}
