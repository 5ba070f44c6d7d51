using System.Numerics;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Pickle;

/// <summary>A numpy.ndarray of a pickle: numbers or texts as bytes, or Python objects as a list.</summary>
internal sealed class PickledArray
{
    private PickledType _type = new("i1");

    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; private set; } = [0];

    /// <summary>The type as numpy writes it: "&lt;f4", "|O", "&lt;U12".</summary>
    public string Descriptor => _type.Descriptor;

    /// <summary>The type of the numbers; null where the elements are texts or objects.</summary>
    public ArrayElementType? Type => _type.Number;

    /// <summary>Whether the elements of a column lie together.</summary>
    public bool IsFortran { get; private set; }

    /// <summary>The elements as they are stored, as many as the shape says; empty for objects.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The objects of an array of objects, as many as the shape says; null for numbers and texts.</summary>
    public IReadOnlyList<object?>? Objects { get; private set; }

    /// <summary>The number of elements.</summary>
    public long Count => ArrayShape.ElementCount(Shape);

    /// <summary>Fills the array.</summary>
    /// <param name="type">A dtype.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="isFortran">Whether columns lie together.</param>
    /// <param name="data">Bytes, or the list of objects.</param>
    /// <param name="site">Where the pickle does it.</param>
    /// <exception cref="GnnReRankException">Shape, type and data do not agree.</exception>
    public void Set(PickledType type, IReadOnlyList<long> shape, bool isFortran, object? data, PickleSite site)
    {
        if (type.IsObject)
        {
            List<object?> objects = data as List<object?> ?? throw site.Corrupt("an array of objects without a list of them.");
            if (ArrayShape.ElementCount(shape) != objects.Count)
            {
                throw site.Corrupt($"an array {ArrayShape.Text(shape)} of objects holds {objects.Count:N0}.");
            }

            Objects = [.. objects];
            Bytes = [];
        }
        else
        {
            int size = type.Size ?? throw site.Unsupported($"an array has the numpy type '{PickleSite.Shown(type.Descriptor)}'; real numbers and texts are read.");
            byte[] bytes = data as byte[] ?? throw site.Corrupt("an array of numbers or texts without bytes.");
            if (!ArrayShape.Fills(shape, size, bytes.Length))
            {
                throw site.Corrupt($"an array {ArrayShape.Text(shape)} of type '{type.Descriptor}' holds {bytes.Length:N0} bytes.");
            }

            Bytes = bytes;
            Objects = null;
        }

        _type = type;
        Shape = shape;
        IsFortran = isFortran;
    }

    /// <summary>The bytes of a matrix, row after row.</summary>
    public byte[] RowMajor()
    {
        if (!IsFortran || Shape is not [> 1 and long rows, > 1 and long columns])
        {
            return Bytes;
        }

        int size = (int)(Bytes.Length / (rows * columns));
        byte[] target = new byte[Bytes.Length];
        for (long place = 0; place < rows * columns; place++)
        {
            Bytes.AsSpan((int)(((place % columns * rows) + (place / columns)) * size), size).CopyTo(target.AsSpan((int)(place * size)));
        }

        return target;
    }

    /// <summary>An array of objects as what it holds: a single object, a list of them, or a list of rows. Any other value itself.</summary>
    public static object? Unwrapped(object? value) => value switch
    {
        PickledArray { Objects: { } objects, Shape: [] } => objects[0],
        PickledArray { Objects: { } objects, Shape: [_] } => objects,
        PickledArray { Objects: { } objects, Shape: [long rows, > 0 and long columns] } =>
            Enumerable.Range(0, (int)rows).Select(object? (row) => objects.Skip((int)(row * columns)).Take((int)columns).ToArray()).ToArray(),
        _ => value,
    };

    /// <summary>The elements as plain values, in the order they are stored in: bool, long, BigInteger, double, string, or the objects.</summary>
    /// <exception cref="InvalidDataException">Some bytes of a text are no characters.</exception>
    public IReadOnlyList<object?> Elements(CancellationToken cancellation)
    {
        if (Objects is not null)
        {
            return Objects;
        }

        if (_type.Text is NpyText text)
        {
            using MemoryStream stream = new(Bytes);
            return text.Read(stream, (int)Count, cancellation);
        }

        object?[] elements = new object?[Count];
        for (int index = 0; index < elements.Length; index++)
        {
            elements[index] = PickledNumber.Read(_type, Bytes.AsSpan(index * Type!.Value.Size));
        }

        return elements;
    }

    /// <summary>The elements of an array of integers; null where it is none, or holds one past int64.</summary>
    public long[]? Integers()
    {
        if (Type is not { Kind: not ElementKind.FloatingPoint } type)
        {
            return null;
        }

        long[] integers = new long[Count];
        for (int index = 0; index < integers.Length; index++)
        {
            BigInteger value = PickledNumber.Whole(type, Bytes.AsSpan(index * type.Size));
            if (value > long.MaxValue)
            {
                return null;
            }

            integers[index] = (long)value;
        }

        return integers;
    }
}
