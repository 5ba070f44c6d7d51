using System.Buffers.Binary;
using System.Diagnostics;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickled;

/// <summary>Vectors in lists: recognised, and joined to a matrix.</summary>
internal sealed class PickledRows
{
    // Bits that are all ones are no number in any floating-point type and byte order.
    private const byte NotANumber = byte.MaxValue;
    private const int ItemsBetweenChecks = 1 << 12;

    private static readonly ArrayElementType s_double = new(ElementKind.FloatingPoint, sizeof(double), IsBigEndian: false);

    private readonly PickledData _data;

    // Each element takes a byte of the file at least; more elements than bytes are the same vectors named over and over.
    private long _left;

    public PickledRows(PickledData data)
    {
        _data = data;
        _left = data.Length;
    }

    /// <summary>Whether a value is a row of numbers: a list or tuple of them, or an array or tensor of shape n or 1 x n.</summary>
    /// <exception cref="GnnReRankException">More was looked at than the file holds.</exception>
    public bool IsVector(object? value) => value switch
    {
        IReadOnlyList<object?> list => Spend(list.Count) && AreNumbers(list),
        PickledArray { Type: not null } array => IsRow(array.Shape),
        TorchTensor tensor => IsRow(tensor.Shape),
        _ => false,
    };

    /// <summary>Whether all of them are rows of numbers, of whatever lengths, and there is one.</summary>
    public bool AreVectors(IReadOnlyList<object?> rows) =>
        rows.Count > 0 && Spend(_data.TakesMissing ? rows.Count : 0) && rows.All(row => IsMissing(row) || IsVector(row)) && !rows.All(IsMissing);

    /// <summary>Counts what is looked at beside vectors: keys.</summary>
    /// <exception cref="GnnReRankException">More was looked at than the file holds.</exception>
    public void Charge(long count) => Spend(count);

    /// <summary>Whether they are of one length.</summary>
    public bool AreEqual(IReadOnlyList<object?> rows)
    {
        object? first = rows.FirstOrDefault(row => !IsMissing(row));
        return rows.All(row => IsMissing(row) || LengthOf(row) == LengthOf(first));
    }

    /// <summary>Whether all of them are matrices that follow each other as batches do.</summary>
    public bool AreBatches(IReadOnlyList<object?> batches) =>
        batches.Count > 0 && batches.All(IsMatrix) && AreBatchSizes([.. batches.Select(RowsOf)]);

    /// <summary>
    /// Whether numbers of rows are those of batches: very many, or alike but for the last, which is no longer. Two may as well be a query
    /// and a gallery.
    /// </summary>
    public static bool AreBatchSizes(IReadOnlyList<long> sizes) => sizes.Count > PickledRecords.MostSets || (sizes.Count != 2 && sizes.Take(sizes.Count - 1).All(size => size == sizes[0]) && sizes[^1] <= sizes[0]);

    /// <summary>The rows of a matrix.</summary>
    public static long RowsOf(object? matrix) => matrix switch
    {
        PickledArray { Shape: [long rows, _] } => rows,
        TorchTensor { Shape: [long rows, _] } => rows,
        IReadOnlyList<object?> list => list.Count,
        _ => -1,
    };

    /// <summary>The rows of batches one after the other.</summary>
    /// <exception cref="GnnReRankException">They are of different widths or types, or too many.</exception>
    public (long[] Shape, ArrayElementType Type, byte[] Bytes) JoinBatches(IReadOnlyList<object?> batches)
    {
        (long width, ArrayElementType type) = (WidthOf(batches[0]), TypeOfBatch(batches[0]));
        long rows = 0;
        for (int batch = 0; batch < batches.Count; batch++)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            rows += RowsOf(batches[batch]);
            if (WidthOf(batches[batch]) != width || TypeOfBatch(batches[batch]) != type)
            {
                throw FormatErrors.Unsupported(
                    _data.Path, $"batch {batch} (0-based) is {PickledKind.Described(batches[batch])}, and the first {PickledKind.Described(batches[0])}: all must be as wide and of one type.");
            }
        }

        byte[] joined = Allocate((int)Math.Min(rows, int.MaxValue), width * type.Size);
        int end = 0;
        foreach (object? batch in batches)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            byte[] bytes = BytesOf(batch);
            bytes.CopyTo(joined, end);
            end += bytes.Length;
        }

        return ([rows, width], type, joined);
    }

    private static long WidthOf(object? batch) => batch is IReadOnlyList<object?> rows ? LengthOf(rows[0]) : LengthOf(batch);

    // Lists may hold whole numbers here and others there, so they are joined as float64.
    private static ArrayElementType TypeOfBatch(object? batch) => batch is not IReadOnlyList<object?> rows ? TypeOf(batch)
        : rows[0] is IReadOnlyList<object?> or null ? s_double
        : TypeOf(rows[0]);

    private byte[] BytesOf(object? batch)
    {
        switch (batch)
        {
            case PickledArray array:
                return array.RowMajor();
            case TorchTensor tensor:
                return TorchArrays.Elements(tensor, _data.Path);
            case IReadOnlyList<object?> rows:
                return Join(rows, mayBeWhole: false).Bytes;
            default:
                throw new UnreachableException("A batch is a matrix.");
        }
    }

    private bool IsMatrix(object? value) => value switch
    {
        PickledArray { Type: not null, Shape: [_, _] } array => Spend(array.Count),
        TorchTensor { Shape: [_, _] } tensor => Spend(ArrayShape.ElementCount(tensor.Shape)),
        IReadOnlyList<object?> list => AreVectors(list),
        _ => false,
    };

    /// <summary>The numbers of a list: int64 where all are integers, else float64.</summary>
    public (ArrayElementType Type, byte[] Bytes) Numbers(IReadOnlyList<object?> list)
    {
        bool isWhole = list.All(item => item is bool or long);
        ArrayElementType type = new(isWhole ? ElementKind.SignedInteger : ElementKind.FloatingPoint, sizeof(long), IsBigEndian: false);
        byte[] bytes = Allocate(list.Count, sizeof(long));
        Write(list, isWhole, bytes);
        return (type, bytes);
    }

    /// <summary>The rows one after the other.</summary>
    /// <exception cref="GnnReRankException">They are of different lengths or types, or too many.</exception>
    public (long[] Shape, ArrayElementType Type, byte[] Bytes) Join(IReadOnlyList<object?> rows, bool mayBeWhole = true)
    {
        object? first = rows.First(row => !IsMissing(row));
        long width = LengthOf(first);
        int ragged = Enumerable.Range(0, rows.Count).FirstOrDefault(row => !IsMissing(rows[row]) && LengthOf(rows[row]) != width);
        if (ragged > 0)
        {
            throw new GnnReRankException(
                "RaggedFeatures", ErrorKind.InvalidData,
                $"'{_data.Path}': row {ragged} (0-based) has {LengthOf(rows[ragged]):N0} values, and the rows before it {width:N0}: every row needs as many.");
        }

        ArrayElementType type = TypeOf(first);
        bool isWhole = mayBeWhole && type.Kind == ElementKind.SignedInteger && rows.All(row => row is not null && (row is not IReadOnlyList<object?> list || list.All(item => item is bool or long)));
        type = first is IReadOnlyList<object?> && !isWhole ? s_double : type;
        long size = width * type.Size;
        byte[] joined = Allocate(rows.Count, size);
        for (int row = 0; row < rows.Count; row++)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
            Span<byte> target = joined.AsSpan((int)(row * size), (int)size);
            if (IsMissing(rows[row]) && type.Kind == ElementKind.FloatingPoint)
            {
                target.Fill(NotANumber);
                continue;
            }

            if (first is IReadOnlyList<object?> != rows[row] is IReadOnlyList<object?> || (rows[row] is not IReadOnlyList<object?> && TypeOf(rows[row]) != type))
            {
                throw FormatErrors.Unsupported(
                    _data.Path, $"row {row} (0-based) is of another type than the rows before it. Save them as one array with numpy.stack(rows).");
            }

            Copy(rows[row], isWhole, target);
        }

        return ([rows.Count, width], type, joined);
    }

    private void Write(IReadOnlyList<object?> list, bool isWhole, Span<byte> target)
    {
        for (int index = 0; index < list.Count; index++)
        {
            CheckStop(index);
            long whole = list[index] is bool truth ? (truth ? 1 : 0) : list[index] as long? ?? 0;
            long bits = isWhole ? whole : BitConverter.DoubleToInt64Bits(list[index] is null ? double.NaN : list[index] as double? ?? whole);
            BinaryPrimitives.WriteInt64LittleEndian(target[(index * sizeof(long))..], bits);
        }
    }

    /// <summary>Whether a row is None, and that is a missing value.</summary>
    public bool IsMissing(object? row) => row is null && _data.TakesMissing;

    private bool AreNumbers(IReadOnlyList<object?> list)
    {
        for (int index = 0; index < list.Count; index++)
        {
            CheckStop(index);
            if (!IsNumber(list[index]))
            {
                return false;
            }
        }

        return true;
    }

    private void CheckStop(int index)
    {
        if (index % ItemsBetweenChecks == 0)
        {
            _data.Cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool IsNumber(object? item) => item is bool or long or double || IsMissing(item);

    private void Copy(object? row, bool isWhole, Span<byte> target)
    {
        switch (row)
        {
            case IReadOnlyList<object?> list:
                Write(list, isWhole, target);
                break;
            case PickledArray array:
                array.Bytes.CopyTo(target);
                break;
            case TorchTensor tensor:
                TorchArrays.Elements(tensor, _data.Path).CopyTo(target);
                break;
        }
    }

    private byte[] Allocate(int count, long size)
    {
        if (size > Array.MaxLength / Math.Max(count, 1))
        {
            throw new GnnReRankException(
                "FeatureMatrixTooLarge", ErrorKind.TooLarge,
                $"'{_data.Path}': {count:N0} vectors of {size:N0} bytes each are past one array. Save them with numpy.save('NAME.npy', numpy.stack(rows)).");
        }

        return new byte[count * size];
    }

    private bool IsRow(IReadOnlyList<long> shape) => shape is [_] or [1, _] && Spend(ArrayShape.ElementCount(shape));

    private bool Spend(long count)
    {
        _left -= count;
        return _left >= 0 ? true : throw FormatErrors.Corrupt(
            _data.Path, nameof(FeatureFormat.Pickle), "it names the same vectors over and over, more than the file is long.");
    }

    private static ArrayElementType TypeOf(object? row) => row switch
    {
        PickledArray array => array.Type!.Value,
        TorchTensor tensor => TorchArrays.TypeOf(tensor),
        _ => new ArrayElementType(ElementKind.SignedInteger, sizeof(long), IsBigEndian: false),
    };

    private static long LengthOf(object? row) => row switch
    {
        IReadOnlyList<object?> list => list.Count,
        PickledArray array => array.Shape[^1],
        TorchTensor tensor => tensor.Shape[^1],
        _ => 0,
    };
}
