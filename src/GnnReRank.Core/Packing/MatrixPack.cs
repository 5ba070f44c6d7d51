using GnnReRank.Storage;

namespace GnnReRank.Packing;

/// <summary>A <see cref="FeatureMatrix"/> in a pack. Of two that share their values, these are there once and are shared again.</summary>
internal static class MatrixPack
{
    // Memory-mapped values are copied out in pieces of this size.
    private const int PieceBytes = 1 << 20;

    public static void Write(PackWriter writer, FeatureMatrix matrix) => Write(writer, matrix, shared: null);

    public static FeatureMatrix Read(PackReader reader) => Read(reader, shared: null);

    public static void WritePair(PackWriter writer, FeatureMatrix? query, FeatureMatrix? gallery)
    {
        WriteOptional(writer, query, shared: null);
        WriteOptional(writer, gallery, query);
    }

    public static (FeatureMatrix? Query, FeatureMatrix? Gallery) ReadPair(PackReader reader)
    {
        FeatureMatrix? query = reader.Flag() ? Read(reader, shared: null) : null;
        return (query, reader.Flag() ? Read(reader, query) : null);
    }

    private static void WriteOptional(PackWriter writer, FeatureMatrix? matrix, FeatureMatrix? shared)
    {
        writer.Value(matrix is not null);
        if (matrix is not null)
        {
            Write(writer, matrix, shared);
        }
    }

    private static void Write(PackWriter writer, FeatureMatrix matrix, FeatureMatrix? shared)
    {
        writer.Value(matrix.Role);
        writer.Text(matrix.Source);
        writer.Values(matrix.LabelArray);
        writer.Values(matrix.CameraArray);
        writer.Texts(matrix.NameArray);
        bool isShared = ReferenceEquals(matrix.Storage, shared?.Storage);
        writer.Value(isShared);
        if (!isShared)
        {
            Write(writer, matrix.Storage);
        }
    }

    private static void Write(PackWriter writer, FeatureStorage storage)
    {
        writer.Value(storage.ElementType);
        writer.Value(storage.RowCount);
        writer.Value(storage.Dimension);
        writer.Reserve(storage.ByteCount);
        byte[] piece = new byte[Math.Min(storage.ByteCount, PieceBytes)];
        for (long offset = 0; offset < storage.ByteCount; offset += piece.Length)
        {
            Span<byte> part = piece.AsSpan(0, (int)Math.Min(piece.Length, storage.ByteCount - offset));
            storage.CopyBytes(offset, part);
            writer.Raw<byte>(part);
        }
    }

    private static FeatureMatrix Read(PackReader reader, FeatureMatrix? shared)
    {
        FeatureRole role = reader.Choice<FeatureRole>();
        string? source = reader.Text();
        long[]? labels = reader.Values<long>();
        int[]? cameras = reader.Values<int>();
        string[]? names = reader.Texts();
        FeatureStorage storage = reader.Flag()
            ? shared?.Storage ?? throw PackReader.Broken("the values that it shares are not there")
            : ReadStorage(reader);
        return FeatureMatrix.Adopt(storage, labels, cameras, names, role, source, inverseNorms: null);
    }

    private static FeatureStorage ReadStorage(PackReader reader)
    {
        FeatureElementType elementType = reader.Choice<FeatureElementType>();
        int rows = reader.Value<int>();
        int columns = reader.Value<int>();
        if (rows < 1 || columns < 1)
        {
            throw PackReader.Broken($"a matrix of {rows} rows x {columns} columns is announced");
        }

        long count = (long)rows * columns;
        return elementType == FeatureElementType.Float16
            ? new ArrayStorage<Half>(reader.Raw<Half>(count), rows, columns)
            : new ArrayStorage<float>(reader.Raw<float>(count), rows, columns);
    }
}
