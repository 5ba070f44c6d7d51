using System.Buffers.Binary;

namespace GnnReRank.Tests.Formats.Fuzz;

public sealed class DamagedFileTests
{
    private const int MutationsPerFile = 400;
    private const int Seed = 20120762;
    private const long LargestAllocation = 1L << 30;

    // Not a measure of speed: it only turns a reader that never ends into a failure.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Files => FuzzCases.Files;

    public static TheoryData<string> FilesWithAnEnd => FuzzCases.FilesWithAnEnd;

    [Theory]
    [MemberData(nameof(Files))]
    public void AValidFileIsRead(string file)
    {
        using TemporaryFolder folder = new();
        Assert.Null(Read(folder, file, FuzzCases.Bytes(file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ADamagedFileIsRefusedOrStillValid(string file)
    {
        using TemporaryFolder folder = new();
        byte[] valid = FuzzCases.Bytes(file);
        Mutator mutator = new(Seed);
        int refused = 0;
        for (int mutation = 0; mutation < MutationsPerFile; mutation++)
        {
            refused += Read(folder, file, mutator.Damage(valid)) is null ? 0 : 1;
        }

        Assert.InRange(refused, MutationsPerFile / 4, MutationsPerFile);
    }

    [Theory]
    [MemberData(nameof(FilesWithAnEnd))]
    public void AFileCutAnywhereIsRefused(string file)
    {
        using TemporaryFolder folder = new();
        byte[] valid = FuzzCases.Bytes(file);
        HashSet<long> mayEnd = file.StartsWith("numpy/", StringComparison.Ordinal) && file.EndsWith(".mat", StringComparison.Ordinal) ? VariableEnds(valid) : [];
        for (int length = 0; length < valid.Length; length++)
        {
            GnnReRankException? error = Read(folder, file, valid[..length]);
            Assert.True(error is not null || mayEnd.Contains(length), $"{file} cut to {length} bytes was read as if it were whole.");
        }
    }

    // A MAT-file has neither a length nor a directory: cut between two variables, it is a valid file with fewer.
    private static HashSet<long> VariableEnds(ReadOnlySpan<byte> file)
    {
        HashSet<long> ends = [];
        bool isBigEndian = file[126] == 'M';
        int position = 128;
        while (position < file.Length)
        {
            ReadOnlySpan<byte> size = file[(position + 4)..];
            position += 8 + (isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(size) : BinaryPrimitives.ReadInt32LittleEndian(size));
            ends.Add(position);
        }

        return ends;
    }

    private static GnnReRankException? Read(TemporaryFolder folder, string file, byte[] bytes)
    {
        string path = folder[Path.GetFileName(file)];
        File.WriteAllBytes(path, bytes);
        using CancellationTokenSource hang = new(s_hang);
        FeatureReadOptions options = FuzzCases.OptionsFor(file) with { Compute = new ComputeOptions { CancellationToken = hang.Token } };
        GnnReRankException? error = null;
        Allocation.AssertBelow(LargestAllocation, () =>
        {
            try
            {
                AssertUsable(FeatureFile.Read(path, options));
            }
            catch (GnnReRankException exception)
            {
                error = exception;
            }
        });
        return error;
    }

    private static void AssertUsable(FeatureReadResult result)
    {
        Assert.NotEmpty(result.Matrices);
        foreach (FeatureMatrix matrix in result.Matrices)
        {
            foreach (float value in matrix.ToArray())
            {
                Assert.True(float.IsFinite(value));
            }
        }
    }
}
