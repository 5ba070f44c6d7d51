using Apache.Arrow;
using Apache.Arrow.Types;

namespace GnnReRank.Formats.Arrow;

/// <summary>Holds the lengths that an array claims against its buffers, before anything of it is read: the library does not.</summary>
internal static class ArrowArrayCheck
{
    /// <exception cref="InvalidDataException">A buffer or a child holds fewer.</exception>
    public static void Require(IArrowArray array)
    {
        switch (array)
        {
            case DictionaryArray dictionary:
                Require(dictionary.Indices);
                Require(dictionary.Dictionary);
                break;
            case ListArray list:
                RequireBuffers(array.Data, sizeof(int));
                Require(list.Values);
                break;
            case LargeListArray list:
                RequireBuffers(array.Data, sizeof(long));
                Require(list.Values);
                break;
            case FixedSizeListArray list:
                RequireBuffers(array.Data, offsetSize: 0);
                Require(list.Values);
                break;
            case StringArray:
                RequireBuffers(array.Data, sizeof(int));
                break;
            case LargeStringArray:
                RequireBuffers(array.Data, sizeof(long));
                break;
            default:
                RequireBuffers(array.Data, offsetSize: 0);
                RequireNumbers(array);
                break;
        }
    }

    private static void RequireNumbers(IArrowArray array)
    {
        if (array.Data is not { DataType: FixedWidthType type, Buffers.Length: > 1 } data
            || End(data) * type.BitWidth > data.Buffers[1].Length * 8L)
        {
            throw new InvalidDataException($"a column claims {array.Length:N0} numbers, and its buffer holds fewer");
        }
    }

    // A bit for each element says whether it is there; texts and lists have an offset for each, and one for the end.
    private static void RequireBuffers(ArrayData data, int offsetSize)
    {
        bool isHeld = data.Offset >= 0 && data.Length >= 0
            && (data.Buffers.Length == 0 || data.Buffers[0].IsEmpty || End(data) <= data.Buffers[0].Length * 8L)
            && (offsetSize == 0 || data.Length == 0 || (data.Buffers.Length > 1 && (End(data) + 1) * offsetSize <= data.Buffers[1].Length));
        if (!isHeld)
        {
            throw new InvalidDataException($"a column claims {data.Length:N0} rows, and its buffers hold fewer");
        }
    }

    private static long End(ArrayData data) => (long)data.Offset + data.Length;
}
