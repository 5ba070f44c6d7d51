using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Torch;

namespace GnnReRank.Formats.Pickled;

/// <summary>Opens whatever Python pickled: people give files of pickle.dump and of torch.save each other's endings.</summary>
internal static class PickleContent
{
    // A pickle of protocol 0 or 1 starts with the opcode of what it holds: a dictionary, a list, a tuple, a name.
    private static ReadOnlySpan<byte> TextStarts => "(]}c"u8;

    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    /// <summary>Whether a file can be of pickle.dump or torch.save.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> head) =>
        head is [(byte)PickleOpcode.Proto, <= 5, ..] || head.StartsWith(Zip) || (head.Length > 0 && TextStarts.Contains(head[0]));

    /// <exception cref="GnnReRankException">The file is damaged, or asks for more than data.</exception>
    public static PickledData Open(string path, CancellationToken cancellation)
    {
        byte[] head = new byte[32];
        long length;
        using (FileStream file = InputFile.OpenRead(path))
        {
            length = file.Length;
            Array.Resize(ref head, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        }

        if (head.AsSpan().StartsWith(Zip))
        {
            return TorchArchive.Open(path, cancellation);
        }

        return TorchLegacy.Recognizes(head)
            ? TorchLegacy.Open(path, cancellation)
            : new PickledData(path, PickleFile.Load(path, TorchLegacy.LoadStorage, cancellation), length, Owner: null);
    }
}
