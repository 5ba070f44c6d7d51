using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Mat;

/// <summary>Where one variable lies in its file.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsBigEndian">The file's byte order.</param>
/// <param name="IsCompressed">Whether the bytes are a zlib stream that holds the variable's tag and content; else they are the content.</param>
/// <param name="Start">The first byte.</param>
/// <param name="Size">The number of bytes.</param>
internal sealed record MatSection(string Path, bool IsBigEndian, bool IsCompressed, long Start, long Size)
{
    private const int BytesBetweenChecks = 1 << 20;

    /// <summary>Reads the variable to its end, by which its checksum is verified; one that is not compressed has none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Verify(CancellationToken cancellation)
    {
        if (!IsCompressed || Size == 0)
        {
            return;
        }

        using MatCursor cursor = Open();
        while (cursor.Remaining > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            cursor.Skip(Math.Min(cursor.Remaining, BytesBetweenChecks));
        }

        StreamEnd.Check(cursor.Stream);
    }

    /// <summary>Opens the variable at the start of its content, behind its tag.</summary>
    /// <exception cref="InvalidDataException">The content claims to be longer than the file allows.</exception>
    public MatCursor Open()
    {
        FileStream file = InputFile.OpenRead(Path);
        file.Position = Start;
        BoundedStream bytes = new(file, Size);
        if (!IsCompressed)
        {
            return new MatCursor(bytes, IsBigEndian, Size);
        }

        MatCursor cursor = new(Deflate.OpenZlib(bytes), IsBigEndian, long.MaxValue);
        try
        {
            MatTag tag = cursor.ReadTag();
            if (tag.Type != MatDataType.Matrix || tag.IsSmall || !Deflate.CanHold(Size, tag.Size))
            {
                throw new InvalidDataException(
                    $"{Size:N0} compressed bytes at byte {Start:N0} claim to be {tag.Size:N0} bytes of type {(int)tag.Type}, which cannot be.");
            }

            cursor.Length = cursor.Position + tag.Size;
            return cursor;
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }
}
