using System.Text.Json;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.RowFiles;

/// <summary>Reads texts of which one stands for each row.</summary>
internal static class RowFileTexts
{
    private const char Comma = ',';
    private const char Tab = '\t';

    /// <summary>The lines that hold anything. A first line that is a usual name of such values is a header.</summary>
    /// <exception cref="GnnReRankException">They hold several values each.</exception>
    public static string[] Lines(string path, IReadOnlyList<string> usual, bool areNames, CancellationToken cancellation)
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

        RowFileFields.Check(path, lines, areNames);
        return [.. lines.Skip(lines.Count > 0 && IsUsual(usual, lines[0]) ? 1 : 0)];
    }

    /// <summary>The values of a column: the only one, or the one with a usual name.</summary>
    /// <exception cref="GnnReRankException">There are several columns, none of a usual name, or fields that are separated otherwise.</exception>
    public static string[] Column(string path, IReadOnlyList<string> usual, bool areNames, CancellationToken cancellation)
    {
        string[] values = ReadColumn(path, usual, cancellation, out bool isOnly);
        if (isOnly)
        {
            RowFileFields.Check(path, values, areNames);
        }

        return values;
    }

    /// <summary>The names of the images that a table of labels or cameras holds beside them; null where it has none.</summary>
    public static string[]? NamesBeside(string path, CancellationToken cancellation)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".csv" or ".tsv" or ".gz"))
        {
            return null;
        }

        try
        {
            string[] names = ReadColumn(path, UsualNames.Names, cancellation, out bool isOnly);
            return isOnly ? null : names;
        }
        catch (GnnReRankException fault) when (fault.ErrorId == "ColumnNotFound")
        {
            return null;
        }
    }

    private static string[] ReadColumn(string path, IReadOnlyList<string> usual, CancellationToken cancellation, out bool isOnly)
    {
        bool hasOne = false;
        char delimiter = DelimitedFormats.ExtensionsOf(FeatureFormat.Tsv).Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? Tab : Comma;
        string[] read = DelimitedRecords.Use(path, delimiter, cancellation, records =>
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
                    hasOne = width == 1;
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
        isOnly = hasOne;
        return read;
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
