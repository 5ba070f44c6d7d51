using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Vecs;

/// <summary>Writes the features of a matrix as .fvecs. The format has no place for labels, cameras and names: they are left out.</summary>
internal sealed class FvecsWriter : IFeatureWriter
{
    private const int BufferSize = 1 << 18;

    public FeatureFormat Format => FeatureFormat.Fvecs;

    public bool HoldsSeveral => false;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        FeatureMatrix matrix = matrices[0];
        byte[] dimension = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(dimension, matrix.Dimension);
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
        for (int row = 0; row < matrix.RowCount; row++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            file.Write(dimension);
            file.Write(MemoryMarshal.AsBytes(matrix.GetRowSpan(row)));
        }
    }
}
