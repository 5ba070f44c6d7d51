using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Files;
using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Opens columns as the type that is wanted: features as float or Half, labels as long, names as string.</summary>
internal static class ParquetValues
{
    public static ParquetBatches<float> Floats(RowGroupReader group, ParquetColumn column) => column.Element switch
    {
        ParquetElement.Float => Open<float, float>(group, column, (from, to) => from.CopyTo(to)),
        ParquetElement.Double => Open<double, float>(group, column, TensorPrimitives.ConvertTruncating),
        ParquetElement.Half => Open<FixedLenByteArray, float>(group, column, (from, to) => Each(from, to, value => (float)ReadHalf(value))),
        ParquetElement.Int32 => Open<int, float>(group, column, TensorPrimitives.ConvertTruncating),
        ParquetElement.UInt32 => Open<int, float>(group, column, (from, to) => Each(from, to, value => (uint)value)),
        ParquetElement.Int64 => Open<long, float>(group, column, TensorPrimitives.ConvertTruncating),
        ParquetElement.UInt64 => Open<long, float>(group, column, (from, to) => Each(from, to, value => (ulong)value)),
        ParquetElement.Decimal32 => Open<int, float>(group, column, (from, to) => Each(from, to, Scaled<int>(column))),
        ParquetElement.Decimal64 => Open<long, float>(group, column, (from, to) => Each(from, to, Scaled<long>(column))),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Element, "Not a number."),
    };

    public static ParquetBatches<Half> Halves(RowGroupReader group, ParquetColumn column) =>
        Open<FixedLenByteArray, Half>(group, column, (from, to) => Each(from, to, ReadHalf));

    /// <summary>Whole numbers; text and floating-point columns are taken where every value is whole.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="column">The column.</param>
    /// <param name="notWhole">Makes the error for a value, by its position in the batch, that is not whole.</param>
    /// <param name="labels">Numbers texts where they are labels; null takes digits alone.</param>
    public static ParquetBatches<long> Integers(
        RowGroupReader group, ParquetColumn column, Func<int, string, Exception> notWhole, LabelNumbers? labels = null) =>
        column.Element switch
        {
            ParquetElement.Int32 => Open<int, long>(group, column, TensorPrimitives.ConvertTruncating),
            ParquetElement.UInt32 => Open<int, long>(group, column, (from, to) => Each(from, to, value => (uint)value)),
            ParquetElement.Int64 => Open<long, long>(group, column, (from, to) => from.CopyTo(to)),
            ParquetElement.UInt64 => Whole<long>(group, column, notWhole, value => ((ulong)value).ToString(CultureInfo.InvariantCulture)),
            ParquetElement.Float => Whole<float>(group, column, notWhole, value => value.ToString(CultureInfo.InvariantCulture)),
            ParquetElement.Double => Whole<double>(group, column, notWhole, value => value.ToString("R", CultureInfo.InvariantCulture)),
            ParquetElement.Text => Whole<ByteArray>(group, column, notWhole, Text, labels),
            _ => throw notWhole(0, $"of the type {column.Element}"),
        };

    /// <summary>Truth values, also as numbers and texts.</summary>
    /// <exception cref="GnnReRankException">The column holds something else.</exception>
    public static ParquetBatches<bool> Truths(RowGroupReader group, ParquetColumn column, string path) => column.Element switch
    {
        ParquetElement.Boolean => Open<bool, bool>(group, column, (from, to) => from.CopyTo(to)),
        ParquetElement.Int32 => Open<int, bool>(group, column, (from, to) => Each(from, to, value => value != 0)),
        ParquetElement.Int64 => Open<long, bool>(group, column, (from, to) => Each(from, to, value => value != 0)),
        ParquetElement.Double => Open<double, bool>(group, column, (from, to) => Each(from, to, value => value == 1)),
        ParquetElement.Text => Open<ByteArray, bool>(group, column, (from, to) => Each(from, to, value => RowSets.IsTrue(Text(value)))),
        _ => throw FormatErrors.Unsupported(path, $"the column '{column.Name}' says of no row whether it belongs to a set: truth values are needed."),
    };

    public static ParquetBatches<string> Texts(RowGroupReader group, ParquetColumn column) =>
        Open<ByteArray, string>(group, column, (from, to) => Each(from, to, Text));

    private static TypedParquetBatches<TPhysical, TValue> Open<TPhysical, TValue>(
        RowGroupReader group, ParquetColumn column, TypedParquetBatches<TPhysical, TValue>.Conversion convert)
        where TPhysical : unmanaged => new(LibraryBoundary.CallOnce(() => group.Column(column.Index)), column, convert);

    private static void Each<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to, Func<TFrom, TTo> convert)
    {
        for (int position = 0; position < from.Length; position++)
        {
            to[position] = convert(from[position]);
        }
    }

    private static unsafe Half ReadHalf(FixedLenByteArray value) =>
        BinaryPrimitives.ReadHalfLittleEndian(new ReadOnlySpan<byte>((void*)value.Pointer, sizeof(Half)));

    private static Func<TUnscaled, float> Scaled<TUnscaled>(ParquetColumn column)
        where TUnscaled : System.Numerics.INumber<TUnscaled>
    {
        double unit = Math.Pow(10, column.Scale);
        return unscaled => (float)(double.CreateTruncating(unscaled) / unit);
    }

    // Every type goes through its text: such columns are rare, and one rule then serves Parquet and delimited text alike.
    private static ParquetBatches<long> Whole<TPhysical>(
        RowGroupReader group, ParquetColumn column, Func<int, string, Exception> notWhole, Func<TPhysical, string> print, LabelNumbers? labels = null)
        where TPhysical : unmanaged => Open<TPhysical, long>(group, column, (from, to) =>
        {
            for (int position = 0; position < from.Length; position++)
            {
                string text = print(from[position]);
                bool isWhole = labels is null ? WholeNumbers.TryParse(text, out to[position]) : labels.TryNumber(text, out to[position]);
                if (!isWhole)
                {
                    throw notWhole(position, $"'{text}'");
                }
            }
        });

    private static unsafe string Text(ByteArray bytes) =>
        System.Text.Encoding.UTF8.GetString(new ReadOnlySpan<byte>((void*)bytes.Pointer, bytes.Length));
}
