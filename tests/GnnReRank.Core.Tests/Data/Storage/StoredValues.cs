using System.Runtime.InteropServices;
using GnnReRank.Storage;

namespace GnnReRank.Tests.Data.Storage;

/// <summary>The same values in every kind of storage.</summary>
internal static class StoredValues
{
    public static FeatureMatrix Matrix(FeatureStorage storage) =>
        FeatureMatrix.Adopt(storage, null, null, null, FeatureRole.None, null, inverseNorms: null);

    public static ArrayStorage<T> InMemory<T>(T[] values, int dimension)
        where T : unmanaged => new(values, values.Length / dimension, dimension);

    /// <summary>Maps the values from a file in which so many bytes come before them.</summary>
    public static MappedStorage Mapped<T>(string path, T[] values, int dimension, int offset)
        where T : unmanaged
    {
        byte[] before = new byte[offset];
        before.AsSpan().Fill(0xEE);
        File.WriteAllBytes(path, [.. before, .. MemoryMarshal.AsBytes<T>(values)]);
        return MappedStorage.Open(
            path, offset, values.Length / dimension, dimension, typeof(T) == typeof(Half) ? FeatureElementType.Float16 : FeatureElementType.Float32);
    }

    public static float[] Singles(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    public static Half[] Halves(int count, int seed) => Array.ConvertAll(Singles(count, seed), value => (Half)value);

    public static float[] Widened(Half[] values) => Array.ConvertAll(values, HalfBits.Decoded);

    public static int[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
