using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Texts as Parquet wants them: UTF-8, all in one block that the collector does not move, encoded once however often they are written.</summary>
internal sealed class ParquetTexts
{
    // The byte arrays point into the block, so it must live as long as they do.
    private readonly byte[] _block;
    private readonly ByteArray[] _texts;

    /// <summary>Encodes texts.</summary>
    public unsafe ParquetTexts(ReadOnlySpan<string> texts)
    {
        long length = 0;
        foreach (string text in texts)
        {
            length += System.Text.Encoding.UTF8.GetByteCount(text);
        }

        _block = GC.AllocateUninitializedArray<byte>(checked((int)length), pinned: true);
        _texts = new ByteArray[texts.Length];
        int start = 0;
        fixed (byte* block = _block)
        {
            for (int row = 0; row < texts.Length; row++)
            {
                int written = System.Text.Encoding.UTF8.GetBytes(texts[row], _block.AsSpan(start));
                _texts[row] = new ByteArray((IntPtr)(block + start), written);
                start += written;
            }
        }
    }

    /// <summary>The texts; valid while this object is kept alive.</summary>
    public ReadOnlySpan<ByteArray> Rows => _texts;
}
