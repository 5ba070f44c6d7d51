namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes what lies inside a container, and makes its checksums and lengths fit, so that what reads behind them is reached.</summary>
internal abstract class Container
{
    /// <summary>The file with a change inside it; null where this dice finds nothing to change.</summary>
    public abstract byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice);

    public static Container? For(byte[] file, string name)
    {
        ReadOnlySpan<byte> bytes = file;
        return bytes.StartsWith("PK\x3\x4"u8) ? new ZipContainer()
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? new GzipContainer()
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46]) || bytes.Length > 512 && bytes[512..].StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46]) ? Hdf5Container.Of(file)
            : bytes.StartsWith("MATLAB 5.0"u8) ? new MatContainer()
            : bytes.StartsWith("PAR1"u8) ? new FooterContainer()
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U']) ? new HeaderContainer(HeaderContainer.Npy)
            : name.EndsWith(".safetensors", StringComparison.Ordinal) ? new HeaderContainer(HeaderContainer.Safetensors)
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? new PngContainer()
            : null;
    }
}
