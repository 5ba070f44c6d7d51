using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Hdf5;

/// <summary>
/// The bytes of an HDF5 file by address. Every structure is read through it, so that structures which refer to each other in circles,
/// or claim more than the file has, end here.
/// </summary>
internal sealed class Hdf5Source : IDisposable
{
    /// <summary>The bytes of a checksum.</summary>
    public const int ChecksumLength = sizeof(uint);

    private const long SmallestBudget = 1 << 24;
    private const int BudgetFactor = 64;
    private const int CostOfRead = 64;

    private readonly FileStream _file;
    private readonly CancellationToken _cancellation;
    private long _budget;

    public Hdf5Source(string path, CancellationToken cancellation)
    {
        Path = path;
        _cancellation = cancellation;
        _file = InputFile.OpenRead(path);
        Length = _file.Length;
        _budget = SmallestBudget + (BudgetFactor * Length);
    }

    public string Path { get; }

    /// <summary>The bytes of the file.</summary>
    public long Length { get; }

    /// <summary>The byte of the file from which addresses are counted.</summary>
    public long BaseAddress { get; set; }

    /// <summary>The bytes of an address.</summary>
    public int OffsetSize { get; set; } = sizeof(long);

    /// <summary>The bytes of a length.</summary>
    public int LengthSize { get; set; } = sizeof(long);

    /// <summary>Reads a structure.</summary>
    /// <param name="address">Where it lies.</param>
    /// <param name="count">Its bytes.</param>
    /// <exception cref="InvalidDataException">The file does not have as many there, or more is read than there can be.</exception>
    public Hdf5Cursor Read(long? address, long count)
    {
        long start = Place(address, count);
        Charge(count);
        CheckCancelled();
        byte[] bytes = new byte[count];
        _file.Position = start;
        _file.ReadExactly(bytes);
        return Cursor(bytes);
    }

    /// <summary>Reads a structure of newer files, whose checksum stands behind it.</summary>
    /// <param name="address">Where it lies.</param>
    /// <param name="count">Its bytes, without the checksum.</param>
    /// <exception cref="InvalidDataException">The checksum does not agree, the file does not have as many, or more is read than there can be.</exception>
    public Hdf5Cursor ReadChecked(long? address, long count)
    {
        if (count > int.MaxValue - ChecksumLength)
        {
            throw new InvalidDataException($"A structure of {count:N0} bytes is claimed");
        }

        Hdf5Cursor cursor = Read(address, count + ChecksumLength);
        ReadOnlyMemory<byte> bytes = cursor.ReadBytes(count);
        RequireChecksum(bytes.Span, cursor.ReadUInt32());
        return Cursor(bytes);
    }

    /// <summary>Holds a checksum against the bytes it is of.</summary>
    /// <exception cref="InvalidDataException">It does not agree.</exception>
    public static void RequireChecksum(ReadOnlySpan<byte> bytes, uint expected)
    {
        if (Lookup3.Compute(bytes) != expected)
        {
            throw new InvalidDataException("The checksum of one of its structures does not agree");
        }
    }

    /// <summary>Counts bytes that are made of the file's, which a file may name over and over.</summary>
    /// <param name="count">The bytes of one piece.</param>
    /// <exception cref="InvalidDataException">More is made than there can be.</exception>
    public void Charge(long count)
    {
        if (count > int.MaxValue || (_budget -= count + CostOfRead) < 0)
        {
            throw new InvalidDataException("Its structures refer to each other without end");
        }
    }

    /// <summary>Reads up to a number of bytes, fewer where the file ends before.</summary>
    public Hdf5Cursor ReadUpTo(long? address, long count) => Read(address, Math.Min(count, Math.Max(0, Length - BaseAddress - (address ?? 0))));

    /// <summary>A cursor over bytes that were read already.</summary>
    public Hdf5Cursor Cursor(ReadOnlyMemory<byte> bytes) => new(bytes, OffsetSize, LengthSize);

    /// <summary>The byte of the file at an address.</summary>
    /// <exception cref="InvalidDataException">The file does not have as many bytes there.</exception>
    public long Place(long? address, long count)
    {
        if (address is not (>= 0 and long known) || count < 0 || known > Length - BaseAddress || count > Length - BaseAddress - known)
        {
            throw new InvalidDataException(
                address is null ? "A structure that is needed has no place" : $"{count:N0} bytes are claimed at byte {address + (Int128)BaseAddress:N0}, and the file has {Length:N0}");
        }

        return BaseAddress + known;
    }

    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void CheckCancelled() => _cancellation.ThrowIfCancellationRequested();

    public void Dispose() => _file.Dispose();
}
