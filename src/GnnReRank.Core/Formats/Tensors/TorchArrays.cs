using System.Buffers.Binary;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Tensors;

/// <summary>Tensors as arrays of numbers.</summary>
internal static class TorchArrays
{
    /// <summary>A tensor as it lies in the file where its elements follow one another, else gathered in memory.</summary>
    /// <exception cref="GnnReRankException">The tensor has more elements than its storage, or memory does not suffice.</exception>
    public static NumericArray Numbers(TorchTensor tensor, string path, string format, string name)
    {
        RequireStored(tensor, path);
        bool streams = !tensor.Element.IsBrainFloat && (tensor.IsContiguous || tensor.IsColumnMajor);
        return new NumericArray
        {
            Path = path,
            Format = format,
            Name = name,
            Shape = tensor.Shape,
            Type = TypeOf(tensor),
            IsColumnMajor = streams && !tensor.IsContiguous,
            IsChecked = streams && tensor.Storage.IsChecked,
            Open = streams ? () => Slice(tensor) : () => new MemoryStream(Elements(tensor, path), writable: false),
        };
    }

    /// <summary>The type of the elements as <see cref="Elements"/> gives them: a bfloat16 becomes a float32, of which it is the upper half.</summary>
    public static ArrayElementType TypeOf(TorchTensor tensor) => tensor.Element.IsBrainFloat
        ? new ArrayElementType(ElementKind.FloatingPoint, sizeof(float), IsBigEndian: false)
        : new ArrayElementType(tensor.Element.Kind, tensor.Element.Size, tensor.Storage.IsBigEndian);

    /// <summary>The bytes of the elements, row after row.</summary>
    /// <exception cref="GnnReRankException">The tensor has more elements than its storage, or memory does not suffice.</exception>
    public static byte[] Elements(TorchTensor tensor, string path)
    {
        RequireStored(tensor, path);
        long count = ArrayShape.ElementCount(tensor.Shape);
        byte[] source = tensor.Storage.Bytes(path);
        byte[] elements = Gather(tensor, source, tensor.Storage.Allocate(count * tensor.Element.Size, path));
        return tensor.Element.IsBrainFloat ? Widened(elements, tensor.Storage.Allocate(elements.LongLength * 2, path), tensor.Storage.IsBigEndian) : elements;
    }

    // Before anything is allocated for it: a stride of 0 makes any number of elements of one.
    private static void RequireStored(TorchTensor tensor, string path)
    {
        if (ArrayShape.ElementCount(tensor.Shape) > tensor.Storage.ByteCount / tensor.Element.Size)
        {
            throw FormatErrors.Unsupported(
                path, $"a tensor {ArrayShape.Text(tensor.Shape)} names the same elements over and over (expand). Save it as x.contiguous() or x.clone().");
        }
    }

    private static byte[] Gather(TorchTensor tensor, byte[] source, byte[] target)
    {
        int size = tensor.Element.Size;
        long[] index = new long[tensor.Shape.Length];
        long position = tensor.Offset;
        for (int start = 0; start < target.Length; start += size)
        {
            source.AsSpan((int)(position * size), size).CopyTo(target.AsSpan(start));
            for (int dimension = index.Length - 1; dimension >= 0; dimension--)
            {
                position += tensor.Strides[dimension];
                if (++index[dimension] < tensor.Shape[dimension])
                {
                    break;
                }

                position -= index[dimension] * tensor.Strides[dimension];
                index[dimension] = 0;
            }
        }

        return target;
    }

    private static byte[] Widened(byte[] halves, byte[] singles, bool isBigEndian)
    {
        for (int position = 0; position < halves.Length; position += sizeof(ushort))
        {
            ReadOnlySpan<byte> half = halves.AsSpan(position, sizeof(ushort));
            ushort upper = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(half) : BinaryPrimitives.ReadUInt16LittleEndian(half);
            BinaryPrimitives.WriteUInt32LittleEndian(singles.AsSpan(position * 2), (uint)upper << 16);
        }

        return singles;
    }

    private static BoundedStream Slice(TorchTensor tensor)
    {
        Stream stream = tensor.Storage.Open!();
        long start = tensor.Offset * tensor.Element.Size;
        try
        {
            StreamEnd.Discard(stream, start);
            long length = ArrayShape.ElementCount(tensor.Shape) * tensor.Element.Size;
            return new BoundedStream(stream, length) { CheckedRest = tensor.Storage.IsChecked ? tensor.Storage.ByteCount - start - length : 0 };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
