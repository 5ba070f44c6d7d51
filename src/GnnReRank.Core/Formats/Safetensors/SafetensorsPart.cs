using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Safetensors;

/// <summary>One tensor to write.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements in the format's words.</param>
/// <param name="ElementSize">The bytes of an element.</param>
/// <param name="Shape">Its extents.</param>
/// <param name="Write">Writes its elements.</param>
internal sealed record SafetensorsPart(string Name, string Type, int ElementSize, long[] Shape, Action<Stream, CancellationToken> Write)
{
    /// <summary>The bytes of all elements.</summary>
    public long ByteCount => ArrayShape.ElementCount(Shape) * ElementSize;

    /// <summary>The tensors of a matrix.</summary>
    public static IEnumerable<SafetensorsPart> Of(FeatureMatrix matrix)
    {
        WrittenNames names = WrittenNames.For(matrix.Role);
        bool isHalf = matrix.ElementType == FeatureElementType.Float16;
        yield return new(
            names.Features, isHalf ? "F16" : "F32", isHalf ? sizeof(ushort) : sizeof(float), [matrix.RowCount, matrix.Dimension],
            (stream, cancellation) => ArrayBytes.Write(stream, matrix, cancellation));
        if (matrix.HasLabels && LabelNumbers.TextsOf(matrix) is null)
        {
            yield return new(
                names.Labels, "I64", sizeof(long), [matrix.RowCount],
                (stream, cancellation) => ArrayBytes.Write<long>(stream, matrix.LabelSpan, cancellation));
        }

        if (matrix.HasCameras)
        {
            yield return new(
                names.Cameras, "I64", sizeof(long), [matrix.RowCount],
                (stream, cancellation) => ArrayBytes.Write<long>(stream, Array.ConvertAll(matrix.CameraSpan.ToArray(), camera => (long)camera), cancellation));
        }
    }
}
