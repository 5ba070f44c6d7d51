namespace GnnReRank.Formats.Hdf5;

/// <summary>The extents of a dataset or an attribute.</summary>
internal static class Hdf5Shape
{
    private const int NullSpace = 2;
    private const int MostExtents = 32;

    /// <summary>The extents, outermost first; none for a single value.</summary>
    /// <exception cref="InvalidDataException">The description is damaged.</exception>
    public static long[] Read(Hdf5Cursor cursor)
    {
        int version = cursor.ReadByte();
        int rank = cursor.ReadByte();
        cursor.Skip(1);
        if (version is < 1 or > 2 || rank > MostExtents)
        {
            throw new InvalidDataException($"{rank} extents, described in version {version}, are unknown");
        }

        bool isNull = cursor.ReadByte() == NullSpace && version == 2;
        cursor.Skip(version == 1 ? 4 : 0);
        long[] extents = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            extents[axis] = cursor.ReadLength();
        }

        return isNull ? [0] : extents;
    }
}
