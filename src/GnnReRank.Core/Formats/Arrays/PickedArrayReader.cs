using GnnReRank.Compute;
namespace GnnReRank.Formats.Arrays;

/// <summary>Reads some rows and columns of an array into row-major order, in memory of what is taken.</summary>
internal sealed class PickedArrayReader<T>
    where T : unmanaged
{
    // 16 float32 fill a cache line, so that each line of the row-major target is written once.
    private const int TileColumns = 16;

    private const int RowsPerReport = 1024;

    private readonly ElementWindow<T> _window;
    private readonly int _rows;
    private readonly int _columns;
    private readonly ArrayPick _pick;
    private readonly ComputeOptions _options;

    /// <param name="window">The array's elements.</param>
    /// <param name="rows">All its rows.</param>
    /// <param name="columns">All its columns.</param>
    /// <param name="pick">What to take.</param>
    /// <param name="options">Progress and cancellation.</param>
    public PickedArrayReader(ElementWindow<T> window, int rows, int columns, ArrayPick pick, ComputeOptions options)
    {
        _window = window;
        _rows = rows;
        _columns = columns;
        _pick = pick;
        _options = options;
    }

    private int Width => _pick.ColumnCount(_columns);

    private int Height => _pick.RowCount(_rows);

    /// <summary>Fills the target from an array whose rows lie one after the other.</summary>
    public void FillByRows(Span<T> target)
    {
        for (int place = 0; place < Height; place++)
        {
            long row = _pick.Rows?[place] ?? place;
            Take(row * _columns, _pick.Columns, target.Slice(place * Width, Width));
            if (place % RowsPerReport == 0)
            {
                Report(place + 1, Height, StageUnits.Rows);
            }
        }
    }

    /// <summary>Fills the target from an array whose columns lie one after the other.</summary>
    public void FillByColumns(Span<T> target)
    {
        T[] tile = new T[Height * Math.Min(TileColumns, Width)];
        for (int first = 0; first < Width; first += TileColumns)
        {
            int width = Math.Min(TileColumns, Width - first);
            for (int column = 0; column < width; column++)
            {
                long stored = _pick.Columns?[first + column] ?? first + column;
                Take(stored * _rows, _pick.Rows, tile.AsSpan(column * Height, Height));
            }

            for (int row = 0; row < Height; row++)
            {
                Span<T> targetRow = target.Slice((row * Width) + first, width);
                for (int column = 0; column < width; column++)
                {
                    targetRow[column] = tile[(column * Height) + row];
                }
            }

            Report(first + width, Width, StageUnits.Columns);
        }
    }

    private void Take(long origin, int[]? positions, Span<T> target)
    {
        if (positions is null)
        {
            _window.Copy(origin, target);
        }
        else if (positions[^1] - positions[0] == positions.Length - 1)
        {
            _window.Copy(origin + positions[0], target);
        }
        else
        {
            _window.Gather(origin, positions, target);
        }
    }

    private void Report(long done, long total, string unit) => _options.Progress?.Report(new StageProgress("Reading", done, total, unit));
}
