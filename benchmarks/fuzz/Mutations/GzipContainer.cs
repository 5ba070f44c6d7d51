using System.IO.Compression;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes what a gzip file unpacks to.</summary>
internal sealed class GzipContainer : Container
{
    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        using GZipStream source = new(new MemoryStream(file), CompressionMode.Decompress);
        using MemoryStream content = new();
        source.CopyTo(content);
        using MemoryStream target = new();
        using (GZipStream packed = new(target, CompressionLevel.Fastest))
        {
            packed.Write(dice.Next(2) == 0 ? Texts.Change(content.ToArray(), dice) : change(content.ToArray()));
        }

        return target.ToArray();
    }
}
