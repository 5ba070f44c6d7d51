using System.IO.Compression;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Npy;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Npz;

/// <summary>
/// Writes matrices as a .npz archive: query_f, query_label, query_cam, query_name and gallery_f, ... for matrices with a role,
/// features, labels, cameras, names for one without.
/// </summary>
internal sealed class NpzWriter : IFeatureWriter
{
    // The date that numpy gives its entries: the same matrix always makes the same file.
    private static readonly DateTimeOffset s_entryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public FeatureFormat Format => FeatureFormat.Npz;

    public bool HoldsSeveral => true;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        WrittenNames.CheckRoles(matrices, ".npz");
        using ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create);
        foreach (FeatureMatrix matrix in matrices)
        {
            Write(archive, matrix, options.CancellationToken);
        }
    }

    private static void Write(ZipArchive archive, FeatureMatrix matrix, CancellationToken cancellation)
    {
        WrittenNames names = WrittenNames.For(matrix.Role);
        int rows = matrix.RowCount;
        using (Stream stream = Create(archive, names.Features))
        {
            NpyEncoder.Write(stream, matrix, cancellation);
        }

        if (matrix.HasLabels)
        {
            using Stream stream = Create(archive, names.Labels);
            if (LabelNumbers.TextsOf(matrix) is string[] labels)
            {
                NpyEncoder.Write(stream, labels, cancellation);
            }
            else
            {
                NpyEncoder.Write(stream, "<i8", [rows], matrix.LabelSpan, cancellation);
            }
        }

        if (matrix.HasCameras)
        {
            using Stream stream = Create(archive, names.Cameras);
            NpyEncoder.Write(stream, "<i4", [rows], matrix.CameraSpan, cancellation);
        }

        if (matrix.HasNames)
        {
            using Stream stream = Create(archive, names.Names);
            NpyEncoder.Write(stream, matrix.NameSpan, cancellation);
        }
    }

    private static Stream Create(ZipArchive archive, string name)
    {
        // Features hardly shrink; stored, they are written and read at the disk's speed, as numpy.savez does.
        ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = s_entryDate;
        return entry.Open();
    }
}
