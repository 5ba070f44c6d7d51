using System.Runtime.InteropServices;
using GnnReRank.Storage;

namespace GnnReRank.Formats.Columns;

/// <summary>Gathers features that are kept as texts, a vector a row, all of the length of the first.</summary>
internal sealed class TextVectors
{
    private readonly string _path;
    private readonly bool _takesMissing;
    private readonly FeatureRows<float> _rows;
    private readonly List<float> _vector = [];
    private int _length;
    private string _firstPlace = string.Empty;

    /// <param name="path">The file.</param>
    /// <param name="subject">What the features belong to, for messages.</param>
    /// <param name="options">Which columns are wanted, and whether what is missing is NaN.</param>
    /// <param name="expectedRows">How many rows the file claims to have; 0 where it does not say.</param>
    /// <param name="fileLength">The file's length in bytes.</param>
    public TextVectors(string path, string subject, FeatureReadOptions options, long expectedRows, long fileLength)
    {
        _path = path;
        _takesMissing = options.SkipInvalid;
        _rows = new FeatureRows<float>(subject, options.Columns, expectedRows, fileLength, static _ => { });
    }

    /// <summary>Adds the vector that a text writes.</summary>
    /// <param name="text">The text; empty where it is missing.</param>
    /// <param name="place">Where it stands, for messages: "line 3, column 'embedding'".</param>
    /// <exception cref="GnnReRankException">It is no vector, or one of another length than those before.</exception>
    public void Add(ReadOnlySpan<char> text, Func<string> place)
    {
        if (_takesMissing && VectorText.IsMissing(text))
        {
            _rows.AddMissing();
            return;
        }

        if (!VectorText.TryParse(text, _vector, _takesMissing) || _vector.Count == 0)
        {
            throw new GnnReRankException(
                "NotAVector", ErrorKind.InvalidData, $"'{_path}': {place()} {VectorText.Fault(text)}: expected {VectorText.Expected}. -SkipInvalid drops rows without one.");
        }

        if (_length == 0)
        {
            (_length, _firstPlace) = (_vector.Count, place());
        }

        if (_vector.Count != _length)
        {
            throw new GnnReRankException(
                "RaggedFeatures", ErrorKind.InvalidData,
                $"'{_path}': {place()} has {_vector.Count:N0} values, and {_firstPlace} has {_length:N0}: every row needs as many as the first.");
        }

        _rows.Add(CollectionsMarshal.AsSpan(_vector));
    }

    /// <summary>Keeps some rows and forgets the others.</summary>
    public void KeepRows(int[] rows) => _rows.KeepRows(rows);

    /// <summary>All values; can be called once.</summary>
    /// <exception cref="GnnReRankException">Every row is missing.</exception>
    public FeatureStorage TakeStorage() => _rows.TakeStorage();
}
