using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Collects the rows of a feature matrix from the objects of a pipeline.</summary>
internal sealed class FeatureRowCollector
{
    private const int ShownObjects = 5;

    private readonly List<float[]> _rows = [];
    private readonly List<long> _labels = [];
    private readonly List<int> _cameras = [];
    private readonly List<string> _names = [];
    private readonly List<long> _skipped = [];
    private long _number;

    /// <summary>The property with the features; null where the objects are rows themselves.</summary>
    public string? Property { get; init; }

    public string? Label { get; init; }

    public string? Camera { get; init; }

    public string? Name { get; init; }

    /// <summary>Objects that came before the first of these, for the numbers in messages.</summary>
    public long Before { init => _number = value; }

    /// <summary>Leave rows with NaN, infinity or nothing but zeros out, instead of failing.</summary>
    public bool SkipInvalid { get; init; }

    /// <summary>Says which objects were left out; null where none was.</summary>
    public string? SkippedWarning => _skipped.Count == 0
        ? null
        : $"{_skipped.Count:N0} of {_number:N0} objects skipped (NaN, infinite or all zeros): " +
          $"{string.Join(", ", _skipped.Take(ShownObjects))}{(_skipped.Count > ShownObjects ? ", ..." : string.Empty)} (counted from 1).";

    /// <summary>Takes one object of the pipeline.</summary>
    /// <exception cref="GnnReRankException">It cannot become a row; the message gives its number.</exception>
    public void Add(object? input)
    {
        if (Property is null && Label is null && Camera is null && Name is null)
        {
            foreach (object? row in FeatureValues.RowsOf(FeatureValues.Unwrap(input)))
            {
                _number++;
                AddRow(FeatureValues.Unwrap(row), input);
            }
        }
        else
        {
            _number++;
            AddRow(FeatureValues.Unwrap(Property is null ? input : Member(input, Property)), input);
        }
    }

    /// <summary>The matrix of all rows taken.</summary>
    /// <exception cref="GnnReRankException">There is no row.</exception>
    public FeatureMatrix ToMatrix(FeatureRole role) => _rows.Count == 0
        ? throw Errors.NoRows(_skipped.Count)
        : FeatureMatrix.FromRows(
            _rows,
            Label is null ? null : _labels,
            Camera is null ? null : _cameras,
            Name is null ? null : _names,
            role, "pipeline");

    private void AddRow(object? value, object? input)
    {
        float[] row = FeatureValues.ToRow(value, _number);
        if (_rows.Count > 0 && row.Length != _rows[0].Length)
        {
            throw Errors.BadObject(
                "FeatureLengthMismatch", _number,
                $"has {row.Length:N0} values, and the rows before it have {_rows[0].Length:N0}: all rows need the same number.");
        }

        if (!IsUsable(row))
        {
            _skipped.Add(_number);
            return;
        }

        if (Label is not null)
        {
            _labels.Add(Whole(input, Label, long.MinValue, long.MaxValue));
        }

        if (Camera is not null)
        {
            _cameras.Add((int)Whole(input, Camera, int.MinValue, int.MaxValue));
        }

        if (Name is not null)
        {
            _names.Add(Text(input, Name));
        }

        _rows.Add(row);
    }

    private bool IsUsable(float[] row)
    {
        int bad = Array.FindIndex(row, value => !float.IsFinite(value));
        bool zero = bad < 0 && Array.TrueForAll(row, value => value == 0);
        if (bad < 0 && !zero)
        {
            return true;
        }

        const string remedy = "Correct it, or leave such objects out with -SkipInvalid.";
        return SkipInvalid
            ? false
            : throw (zero
                ? Errors.BadObject("ZeroFeatureRow", _number, $"holds nothing but zeros, or values below {float.Epsilon}, the least that float32 holds, so it has no direction to compare. {remedy}")
                : Errors.BadObject("NonFiniteFeature", _number, $"has {row[bad]} at position {bad} (0-based): every feature must be finite. {remedy}"));
    }

    private long Whole(object? input, string property, long least, long most)
    {
        object? value = Member(input, property);
        return FeatureValues.TryWhole(value, least, most, out long whole)
            ? whole
            : throw Errors.BadObject(
                "NotAWholeNumber", _number,
                $"has {FeatureValues.Described(FeatureValues.Unwrap(value))} as its {property}: a whole number from {least} to {most} is needed.");
    }

    private string Text(object? input, string property) =>
        (string)LanguagePrimitives.ConvertTo(Member(input, property), typeof(string), CultureInfo.InvariantCulture);

    private object? Member(object? input, string property)
    {
        if (FeatureValues.Unwrap(input) is IDictionary dictionary)
        {
            return dictionary.Contains(property) ? dictionary[property] : throw Missing(property, dictionary.Keys.Cast<object>().Select(key => $"{key}"));
        }

        PSObject wrapped = PSObject.AsPSObject(input ?? throw Missing(property, []));
        PSPropertyInfo? found = wrapped.Properties[property];
        return found is not null ? found.Value : throw Missing(property, wrapped.Properties.Select(known => known.Name));
    }

    private GnnReRankException Missing(string property, IEnumerable<string> present)
    {
        string names = string.Join(", ", present.Take(12));
        return Errors.BadObject(
            "PropertyNotFound", _number, $"has no property '{property}'. It has: {(names.Length > 0 ? names : "none")}.");
    }
}
