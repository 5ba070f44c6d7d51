using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Hdf5;

namespace GnnReRank.Formats.Mat.Values;

/// <summary>Numbers and extents of MATLAB 7.3.</summary>
internal static class Mat73Numbers
{
    private const int MostExtents = 32;

    /// <summary>The numbers of a dataset.</summary>
    /// <exception cref="Hdf5UnreadException">They are no real numbers.</exception>
    /// <exception cref="InvalidDataException">The dataset is damaged.</exception>
    public static MatNumbers Read(Hdf5Source source, Hdf5Dataset dataset, string place)
    {
        if (dataset.Type.Class == Hdf5TypeClass.Compound)
        {
            throw new Hdf5UnreadException($"{place} is complex or a table, and real numbers are read. Save real(x)");
        }

        ArrayElementType type = dataset.Type.Number
            ?? throw new Hdf5UnreadException($"{place} holds elements of class {dataset.Type.Class} with {dataset.Type.Size:N0} bytes, and numbers are read");
        Func<Stream> open = dataset.Prepare();
        if (dataset.Count > Array.MaxLength / sizeof(double))
        {
            throw new Hdf5UnreadException($"{place} holds {dataset.Count:N0} numbers, and at most {Array.MaxLength / sizeof(double):N0} are read");
        }

        source.Charge(dataset.Count * sizeof(double));
        return new MatNumbers(Shape(dataset, place), Doubles(open, type, dataset.Count));
    }

    /// <summary>MATLAB's extents, which are the file's in reverse and never fewer than two.</summary>
    /// <exception cref="InvalidDataException">An empty array does not say them.</exception>
    public static long[] Shape(Hdf5Dataset dataset, string place)
    {
        if (!dataset.IsMatlabEmpty)
        {
            return dataset.Extents switch { [] => [1, 1], [long count] => [count, 1], _ => [.. dataset.Extents.Reverse()] };
        }

        if (dataset.Type.Number is not ArrayElementType type || dataset.StoredCount is < 2 or > MostExtents)
        {
            throw new InvalidDataException($"{place} is empty and does not say its extents");
        }

        double[] extents = Doubles(dataset.PrepareStored(), type, dataset.StoredCount);
        return extents.Contains(0) && extents.All(extent => extent is >= 0 and <= int.MaxValue)
            ? Array.ConvertAll(extents, extent => (long)extent)
            : throw new InvalidDataException($"{place} is empty and has the extents {string.Join(" x ", extents)}");
    }

    private static double[] Doubles(Func<Stream> open, ArrayElementType type, long count)
    {
        byte[] data = new byte[count * type.Size];
        using Stream stream = open();
        stream.ReadExactly(data);
        double[] numbers = new double[count];
        ElementConversion.ToNativeOrder(data, type);
        ElementConversion.ToDoubles(data, type, numbers);
        return numbers;
    }
}
