using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Delimited;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>The fields of the record at hand.</summary>
internal sealed class CsvRunRecord
{
    private const int Shown = 40;

    private readonly RunSource _source;
    private readonly DelimitedRecords _records;
    private readonly string[] _names;

    /// <param name="source">The run.</param>
    /// <param name="records">Its records.</param>
    /// <param name="names">The names of the columns.</param>
    public CsvRunRecord(RunSource source, DelimitedRecords records, string[] names)
    {
        _source = source;
        _records = records;
        _names = names;
    }

    public ReadOnlySpan<char> Text(int? column) => column is int place ? _records.Field(place) : default;

    /// <summary>A whole number; null where there is no column, or an empty field.</summary>
    public long? Whole(int? column)
    {
        ReadOnlySpan<char> field = Text(column).Trim();
        return field.IsEmpty ? null
            : WholeNumbers.TryParse(field, out long whole) ? whole
            : throw Bad(column!.Value, field, "a whole number");
    }

    /// <summary>A number; null where there is no column, or an empty field.</summary>
    public double? Number(int? column)
    {
        ReadOnlySpan<char> field = Text(column).Trim();
        return field.IsEmpty ? null
            : RunNumber.TryParse(field, out double number) ? number
            : throw Bad(column!.Value, field, "a number such as 0.25 or -1e-3");
    }

    private GnnReRankException Bad(int column, ReadOnlySpan<char> field, string expected) => _source.Error(
        "BadField", _records.Line, $"has '{(field.Length > Shown ? $"{field[..Shown]}..." : field)}' in the column '{_names[column]}', and {expected} is expected.");
}
