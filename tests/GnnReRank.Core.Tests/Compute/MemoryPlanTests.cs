using System.IO.MemoryMappedFiles;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute;

public sealed class MemoryPlanTests
{
    [Fact]
    public void IsToldBeforeTheFirstStageWithTheSizesOfItsParts()
    {
        List<string> lines = [];
        FeatureMatrix query = MadeFeatures.Random(500, 250, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Random(4_500, 250, seed: 2);
        new GnnReRanker(new GnnReRankSettings { K1 = 10, K2 = 3 }).ReRank(query, gallery, null, new ComputeOptions { Device = "Cpu", Log = lines.Add });

        // 5,000 x 250 and 500 x 4,500 float32 values; the indices of the ranking, whose scores take the cosines' place.
        Assert.StartsWith("Memory: features 0.005 GB, search and graph ", lines[0]);
        Assert.Contains("cosines kept 0.009 GB", lines[0]);
        Assert.Contains("ranking 0.009 GB", lines[0]);
        Assert.Equal(4, lines.Count);
    }

    [Fact]
    public void AShortListKeepsNoCosinesAndHoldsNoFullRanking()
    {
        List<string> lines = [];
        FeatureMatrix query = MadeFeatures.Random(500, 20, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Random(4_500, 20, seed: 2);
        new GnnReRanker(new GnnReRankSettings { K1 = 10, K2 = 3 }).ReRank(query, gallery, 250, new ComputeOptions { Device = "Cpu", Log = lines.Add });
        Assert.Contains("cosines kept 0.0 GB", lines[0]);
        Assert.Contains("ranking 0.001 GB", lines[0]);
    }

    [Fact]
    public void PagesOfMappedFilesTakeNothingFromTheBudget()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells pages of files from others.");
        const int size = 192 << 20;
        using TemporaryFolder folder = new();
        string path = folder["pages"];
        File.WriteAllBytes(path, new byte[size]);
        GC.Collect();
        long before = MemoryBudget.OwnMemory();
        long workingSet = Environment.WorkingSet;
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read);
        int sum = 0;
        for (int page = 0; page < size; page += 4_096)
        {
            sum += view.ReadByte(page);
        }

        Assert.Equal(0, sum);
        Assert.True(Environment.WorkingSet - workingSet > size / 2, "The file's pages were to be in memory.");
        Assert.InRange(MemoryBudget.OwnMemory() - before, long.MinValue, size / 4);
    }
}
