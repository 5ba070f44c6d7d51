using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GnnReRank.Formats.Files;
using GnnReRank.Running;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>
/// Reads lists of gallery indices, all of them little-endian 32-bit numbers. .ibin: the number of lists, their length, the indices, and
/// maybe as many distances. .ivecs: each list's length and then its indices.
/// </summary>
internal sealed class IndexListRunReader : IRunReader
{
    private const int BufferSize = 1 << 18;
    private const int ListsPerReport = 1024;

    private readonly RankingFormat _format;

    public IndexListRunReader(RankingFormat format) => _format = format;

    // Neither has a mark.
    public bool Recognizes(ReadOnlySpan<byte> head) => true;

    public Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunSource source = new(path, "list (0-based)");
        RunIndexLists rows = new(source, query.RowCount, gallery.RowCount, options);
        using FileStream file = InputFile.OpenRead(path, BufferSize, FileOptions.SequentialScan);
        if (_format == RankingFormat.Ibin)
        {
            ReadIbin(path, file, query.RowCount, rows, options.Compute);
        }
        else
        {
            ReadIvecs(path, file, query.RowCount, rows, options.Compute);
        }

        return rows.ToRanking(query, gallery, RunPath.SettingsOf(path));
    }

    private static void ReadIbin(string path, FileStream file, int queryCount, RunIndexLists rows, ComputeOptions options)
    {
        if (file.Length < 2 * sizeof(int))
        {
            throw FormatErrors.Corrupt(path, "Ibin", $"it has {file.Length} bytes, and the number of lists and their length take 8. It is cut short.");
        }

        uint count = ReadNumber(file);
        uint length = ReadNumber(file);
        Int128 bytes = (Int128)count * length * sizeof(int);
        bool hasDistances = bytes > 0 && file.Length == (2 * sizeof(int)) + (2 * bytes);
        if (!hasDistances && file.Length != (2 * sizeof(int)) + bytes)
        {
            throw FormatErrors.Corrupt(
                path, "Ibin", $"it claims {count:N0} lists of {length:N0} indices, which take {bytes:N0} bytes (twice as many with distances), and {file.Length - (2 * sizeof(int)):N0} follow.");
        }

        RequireCount(path, count, queryCount);
        RequireLength(path, length);
        int[] list = new int[length];
        float[] distances = new float[hasDistances ? length : 0];
        for (int query = 0; query < queryCount; query++)
        {
            Report(query, queryCount, options);
            ReadList(file, (2 * sizeof(int)) + ((long)query * length * sizeof(int)), list);
            if (hasDistances)
            {
                ReadList(file, (2 * sizeof(int)) + (long)bytes + ((long)query * length * sizeof(int)), distances);
            }

            rows.Take(query, list, distances);
        }
    }

    private static void ReadIvecs(string path, FileStream file, int queryCount, RunIndexLists rows, ComputeOptions options)
    {
        int query = 0;
        int[] list = [];
        while (file.Position < file.Length)
        {
            Report(query, queryCount, options);
            long left = file.Length - file.Position - sizeof(int);
            uint length = left < 0 ? uint.MaxValue : ReadNumber(file);
            if ((long)length * sizeof(int) > left)
            {
                throw FormatErrors.Corrupt(path, "Ivecs", $"list {query} (0-based) is cut short{(left < 0 ? string.Empty : $": it claims {length:N0} indices, and {left:N0} bytes follow")}.");
            }

            RequireLength(path, length);
            if (query < queryCount)
            {
                list = list.Length == length ? list : new int[length];
                ReadList(file, file.Position, list);
                rows.Take(query, list, []);
            }
            else
            {
                file.Position += (long)length * sizeof(int);
            }

            query++;
        }

        RequireCount(path, query, queryCount);
    }

    private static void RequireLength(string path, uint length)
    {
        if (length > Array.MaxLength)
        {
            throw new GnnReRankException("RunTooLarge", ErrorKind.TooLarge, $"'{path}' has lists of {length:N0} indices, and at most {Array.MaxLength:N0} can be read. Keep fewer a query.");
        }
    }

    private static void RequireCount(string path, long found, int queryCount)
    {
        if (found != queryCount)
        {
            throw new GnnReRankException(
                "RunCountMismatch", ErrorKind.InvalidArgument,
                $"'{path}' has {found:N0} lists, and the query matrix has {queryCount:N0} rows: list i belongs to query i, so as many are needed. Give the queries that the lists were made of.");
        }
    }

    private static void Report(int query, int queryCount, ComputeOptions options)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        if (query % ListsPerReport == 0)
        {
            options.Progress?.Report(new StageProgress(RunPath.Stage, Math.Min(query, queryCount), queryCount, StageUnits.Queries));
        }
    }

    private static uint ReadNumber(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        file.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private static void ReadList<T>(FileStream file, long position, T[] list)
        where T : unmanaged
    {
        if (file.Position != position)
        {
            file.Position = position;
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(list.AsSpan());
        file.ReadExactly(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> numbers = MemoryMarshal.Cast<byte, int>(bytes);
            BinaryPrimitives.ReverseEndianness(numbers, numbers);
        }
    }
}
