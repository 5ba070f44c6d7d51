using System.Text.Json;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.RowFiles;

/// <summary>Reads texts of which one stands for each row.</summary>
internal static class RowFileTexts
{
    private const char Comma = ',';
    private const char Tab = '\t';

    /// <summary>The lines that hold anything. A first line that is a usual name of such values is a header.</summary>
    public static string[] Lines(string path, IReadOnlyList<string> usual, CancellationToken cancellation)
    {
        List<string> lines = [];
        foreach (string line in InputFile.ReadLines(path))
        {
            cancellation.ThrowIfCancellationRequested();
            if (line.AsSpan().Trim().Length > 0)
            {
                lines.Add(line.Trim());
            }
        }

        return [.. lines.Skip(lines.Count > 0 && IsUsual(usual, lines[0]) ? 1 : 0)];
    }

    /// <summary>The values of a column: the only one, or the one with a usual name.</summary>
    /// <exception cref="GnnReRankException">There are several columns, none of a usual name.</exception>
    public static string[] Column(string path, IReadOnlyList<string> usual, CancellationToken cancellation)
    {
        char delimiter = DelimitedFormats.ExtensionsOf(FeatureFormat.Tsv).Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? Tab : Comma;
        return DelimitedRecords.Use(path, delimiter, cancellation, records =>
        {
            List<string> values = [];
            int column = 0;
            int width = 0;
            while (records.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if (width == 0)
                {
                    width = records.FieldCount;
                    string[] first = records.Fields();
                    int named = usual.Select(name => Array.FindIndex(first, field => field.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(place => place >= 0, -1);
                    column = named >= 0 || width == 1 ? Math.Max(named, 0) : throw FormatErrors.ColumnNotFound(path, $"column under a usual name ({string.Join(", ", usual)}), and more than one", first);
                    if (named >= 0)
                    {
                        continue;
                    }
                }

                records.Require(width);
                values.Add(records.Field(column).ToString());
            }

            return values.ToArray();
        });
    }

    /// <summary>The items of a JSON list: texts, and numbers as they are written.</summary>
    /// <exception cref="GnnReRankException">It is no list of such items.</exception>
    public static string[] Json(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputFile.ReadAllBytes(path), new JsonDocumentOptions { AllowTrailingCommas = true });
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return [.. document.RootElement.EnumerateArray().Select((item, row) => item.ValueKind switch
                {
                    JsonValueKind.String => JsonText.Of(item),
                    JsonValueKind.Number => item.GetRawText(),
                    _ => throw FormatErrors.Unsupported(path, $"item {row} (0-based) is neither a text nor a number."),
                })];
            }
        }
        catch (JsonException fault)
        {
            throw FormatErrors.Corrupt(path, "JSON", fault.Message, fault);
        }

        throw FormatErrors.Unsupported(path, "it is no list: a JSON file with one value a row is [\"a\", \"b\", ...] or [1, 2, ...].");
    }

    private static bool IsUsual(IReadOnlyList<string> usual, string text) => usual.Contains(text.Trim('"'), StringComparer.OrdinalIgnoreCase);
}
