using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Text;
using Apache.Arrow;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Arrow;

/// <summary>The values of Arrow arrays as the engine's numbers and texts.</summary>
internal static class ArrowValues
{
    /// <summary>Some numbers of an array, converted to the target's type.</summary>
    /// <exception cref="InvalidDataException">The array holds no numbers.</exception>
    public static void Copy<T>(IArrowArray array, int start, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        switch (array)
        {
            case HalfFloatArray halves: Convert(halves.Values, start, target); break;
            case FloatArray floats: Convert(floats.Values, start, target); break;
            case DoubleArray doubles: Convert(doubles.Values, start, target); break;
            case Int8Array numbers: Convert(numbers.Values, start, target); break;
            case Int16Array numbers: Convert(numbers.Values, start, target); break;
            case Int32Array numbers: Convert(numbers.Values, start, target); break;
            case Int64Array numbers: Convert(numbers.Values, start, target); break;
            case UInt8Array numbers: Convert(numbers.Values, start, target); break;
            case UInt16Array numbers: Convert(numbers.Values, start, target); break;
            case UInt32Array numbers: Convert(numbers.Values, start, target); break;
            case UInt64Array numbers: Convert(numbers.Values, start, target); break;
            default: throw Unlike();
        }
    }

    /// <summary>A whole number, from a number or from text.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The value's place in it.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="row">The row of the file, for messages.</param>
    /// <param name="column">The column, for messages.</param>
    /// <param name="labels">Numbers texts where they are labels; null takes digits alone.</param>
    /// <exception cref="GnnReRankException">It is not whole.</exception>
    public static long Whole(IArrowArray array, int index, string path, int row, string column, LabelNumbers? labels = null)
    {
        string? text = array switch
        {
            DictionaryArray or UInt64Array or StringArray or LargeStringArray or HalfFloatArray or FloatArray or DoubleArray => Written(array, index),
            _ => null,
        };
        if (text is not null)
        {
            bool isWhole = labels is null ? WholeNumbers.TryParse(text, out long parsed) : labels.TryNumber(text, out parsed);
            return isWhole ? parsed : throw WholeNumbers.NotWhole(path, row, column, $"'{text}'");
        }

        return Number<long>(array, index);
    }

    /// <summary>A truth value, also as a number or a text; null says no.</summary>
    /// <exception cref="InvalidDataException">The array holds something else.</exception>
    public static bool Truth(IArrowArray array, int row) =>
        !array.IsNull(row) && (array is BooleanArray truths ? truths.GetValue(row) == true : RowSets.IsTrue(Written(array, row)));

    /// <summary>A text, also of a dictionary.</summary>
    /// <exception cref="InvalidDataException">The array holds no texts.</exception>
    public static string Text(IArrowArray array, int row) => array switch
    {
        StringArray texts => Utf8(texts.Values, texts.ValueOffsets[row], texts.ValueOffsets[row + 1]),
        LargeStringArray texts => Utf8(texts.Data.Buffers[2].Span, texts.ValueOffsets[row], texts.ValueOffsets[row + 1]),
        DictionaryArray dictionary => Text(dictionary.Dictionary, Index(dictionary, row)),
        _ => throw Unlike(),
    };

    // The library's own GetString trusts the offsets, and reads past the buffer where they are wrong.
    private static string Utf8(ReadOnlySpan<byte> bytes, long start, long end) =>
        start >= 0 && start <= end && end <= bytes.Length
            ? Encoding.UTF8.GetString(bytes[(int)start..(int)end])
            : throw new InvalidDataException("a text lies outside its buffer");

    private static InvalidDataException Unlike() => new("a column holds other values than its schema says");

    private static string Written(IArrowArray array, int index) => array switch
    {
        DictionaryArray dictionary => Written(dictionary.Dictionary, Index(dictionary, index)),
        StringArray or LargeStringArray => Text(array, index),
        UInt64Array numbers => numbers.Values[index].ToString(CultureInfo.InvariantCulture),
        HalfFloatArray or FloatArray or DoubleArray => Number<double>(array, index).ToString("R", CultureInfo.InvariantCulture),
        _ => Number<long>(array, index).ToString(CultureInfo.InvariantCulture),
    };

    private static T Number<T>(IArrowArray array, int index)
        where T : unmanaged, INumberBase<T>
    {
        Span<T> number = [T.Zero];
        Copy(array, index, number);
        return number[0];
    }

    private static int Index(DictionaryArray dictionary, int row) => Number<long>(dictionary.Indices, row) is >= 0 and long index && index < dictionary.Dictionary.Length
        ? (int)index
        : throw new InvalidDataException("a column names a value that its dictionary does not hold");

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> values, int start, Span<TTo> target)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> => TensorPrimitives.ConvertTruncating(values.Slice(start, target.Length), target);
}
