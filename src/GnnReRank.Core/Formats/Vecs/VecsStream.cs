using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Vecs;

/// <summary>The values of the rows, one after the other, without the numbers before each row.</summary>
internal sealed class VecsStream : ForwardStream
{
    private const int BufferSize = 1 << 18;

    private readonly FileStream _file;
    private readonly int _dimension;
    private readonly int _elementSize;
    private long _row;
    private long _leftInRow;

    /// <param name="path">The file's path.</param>
    /// <param name="dimension">The number of values that each row must have.</param>
    /// <param name="elementSize">The bytes of a value.</param>
    public VecsStream(string path, int dimension, int elementSize)
    {
        _file = InputFile.OpenRead(path, BufferSize, FileOptions.SequentialScan);
        _dimension = dimension;
        _elementSize = elementSize;
    }

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">The file ended within a row.</exception>
    /// <exception cref="InvalidDataException">A row has another dimension than the first.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (_leftInRow == 0 && _file.Position == _file.Length))
        {
            return 0;
        }

        if (_leftInRow == 0)
        {
            StartRow();
        }

        int wanted = (int)Math.Min(buffer.Length, _leftInRow);
        _file.ReadExactly(buffer[..wanted]);
        _leftInRow -= wanted;
        return wanted;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void StartRow()
    {
        int dimension = VecsFormats.ReadDimension(_file);
        if (dimension != _dimension)
        {
            throw new InvalidDataException($"Row {_row} (0-based) claims {dimension:N0} values, and the first row has {_dimension:N0}");
        }

        _row++;
        _leftInRow = (long)_dimension * _elementSize;
    }
}
