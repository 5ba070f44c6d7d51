using System.IO.Compression;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Writes a zip file anew with one member changed, its CRC and lengths with it. Stored members stay stored.</summary>
internal sealed class ZipContainer : Container
{
    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        using ZipArchive source = new(new MemoryStream(file));
        using MemoryStream target = new();
        int chosen = dice.Next(source.Entries.Count);
        bool isDeflated = dice.Next(4) == 0;
        using (ZipArchive archive = new(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int at = 0; at < source.Entries.Count; at++)
            {
                ZipArchiveEntry entry = source.Entries[at];
                using MemoryStream content = new();
                using (Stream stream = entry.Open())
                {
                    stream.CopyTo(content);
                }

                byte[] bytes = at == chosen ? change(content.ToArray()) : content.ToArray();
                bool packed = entry.CompressedLength < entry.Length || isDeflated && at == chosen;
                using Stream written = archive.CreateEntry(entry.FullName, packed ? CompressionLevel.Fastest : CompressionLevel.NoCompression).Open();
                written.Write(bytes);
            }
        }

        return target.ToArray();
    }
}
