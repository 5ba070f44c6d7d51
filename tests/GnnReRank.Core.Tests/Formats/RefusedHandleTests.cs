namespace GnnReRank.Tests.Formats;

/// <summary>What is refused is closed at once, and not when its reader is collected: until then the file could not be replaced on Windows.</summary>
public sealed class RefusedHandleTests
{
    private const string Open = "/proc/self/fd";

    private static readonly string[] s_folders = ["arrow", "hdf5", "mat", "matrix", "numpy", "parquet", "pickle", "text", "torch", "vectors"];

    public static TheoryData<string> Folders => [.. s_folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public void NoRefusedFileIsLeftOpen(string kind)
    {
        Assert.SkipUnless(Directory.Exists(Open), "only Linux lists what a process has open");
        using TemporaryFolder folder = new();
        HashSet<string> refused = [];
        foreach (string path in Directory.EnumerateFiles(TestPaths.Data(kind)))
        {
            byte[] bytes = File.ReadAllBytes(path);
            foreach ((int length, bool isMapped) in new[] { (bytes.Length / 4, false), (bytes.Length / 2, false), (bytes.Length - 1, false), (bytes.Length / 2, true), (bytes.Length - 1, true) })
            {
                string cut = folder[$"{length}{isMapped}{Path.GetFileName(path)}"];
                File.WriteAllBytes(cut, bytes[..length]);
                if (IsRefused(cut, isMapped))
                {
                    refused.Add(cut);
                }
            }
        }

        Assert.NotEmpty(refused);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Open), link => new FileInfo(link).LinkTarget is string target && refused.Contains(target));
    }

    // What is accepted and mapped stays open as long as its matrix lives.
    private static bool IsRefused(string path, bool isMapped)
    {
        try
        {
            _ = FeatureFile.Read(path, new FeatureReadOptions { MemoryMapped = isMapped });
            return false;
        }
        catch (GnnReRankException)
        {
            return true;
        }
    }
}
