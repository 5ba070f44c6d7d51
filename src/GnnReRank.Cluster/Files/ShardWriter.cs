using System.IO.Hashing;
using System.Runtime.InteropServices;
using GnnReRank.Formats.Npy;
using GnnReRank.Storage;

namespace GnnReRank.Cluster.Files;

/// <summary>Writes rows as a .npy array, beside its place first.</summary>
internal static class ShardWriter
{
    private const int PieceBytes = 4 << 20;

    /// <summary>Writes rows of several storages, one after the other.</summary>
    /// <param name="path">The final path.</param>
    /// <param name="parts">Storages of one dimension, with their first row and how many to take.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>The checksum of the values.</returns>
    /// <exception cref="IOException">The system failed to write, as when the disk is full.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ulong Write(
        string path, IReadOnlyList<(FeatureStorage Storage, int First, int Count)> parts, ComputeOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        XxHash3 hash = new();
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                bool areHalves = parts.All(part => part.Storage.ElementType == FeatureElementType.Float16);
                NpyEncoder.WriteHeader(
                    stream, areHalves ? "<f2" : "<f4", [parts.Sum(part => part.Count), parts[0].Storage.Dimension]);
                foreach ((FeatureStorage storage, int first, int count) in parts)
                {
                    Write(stream, hash, storage, first, count, areHalves, options.CancellationToken);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return hash.GetCurrentHashAsUInt64();
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Write(
        Stream stream, XxHash3 hash, FeatureStorage storage, int first, int count, bool areHalves,
        CancellationToken cancellationToken)
    {
        long rowBytes = (long)storage.Dimension * (areHalves ? sizeof(ushort) : sizeof(float));
        int step = (int)Math.Clamp(PieceBytes / rowBytes, 1, count);
        byte[] piece = new byte[step * rowBytes];
        for (int row = first; row < first + count; row += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(step, first + count - row);
            Span<byte> bytes = piece.AsSpan(0, (int)(rows * rowBytes));
            if (areHalves || storage.ElementType == FeatureElementType.Float32)
            {
                storage.CopyBytes(row * rowBytes, bytes);
            }
            else
            {
                storage.CopyRows(row, rows, MemoryMarshal.Cast<byte, float>(bytes));
            }

            stream.Write(bytes);
            hash.Append(bytes);
        }
    }
}
