using GnnReRank.Tests.Formats;
using GnnReRank.Tests.Formats.Fuzz;

namespace GnnReRank.Tests.Datasets;

/// <summary>Damaged truth files are refused or still valid, whatever was damaged.</summary>
public sealed class DamagedTruthTests
{
    private const int MutationsPerFile = 600;
    private const int Seed = 16;
    private const long LargestAllocation = 1L << 28;

    [Theory]
    [InlineData(DatasetKind.ROxford5k, "gnd_roxford5k.pkl")]
    [InlineData(DatasetKind.ROxford5k, "gnd_roxford5k.mat")]
    [InlineData(DatasetKind.ROxford5k, "revisited_arrays.pkl")]
    [InlineData(DatasetKind.ROxford5k, "revisited_tuples.pkl")]
    [InlineData(DatasetKind.ROxford5k, "revisited_rows.mat")]
    [InlineData(DatasetKind.Oxford5k, "gnd_oxford5k.pkl")]
    [InlineData(DatasetKind.Cars196, "cars_annos.mat")]
    [InlineData(DatasetKind.Cars196, "cars_annos_v73.mat")]
    [InlineData(DatasetKind.ROxford5k, "gnd_roxford5k_v73.mat")]
    [InlineData(DatasetKind.Cuhk03NP, "cuhk03_new_protocol_config_labeled.mat")]
    public void ADamagedFileIsRefusedOrStillValid(DatasetKind kind, string file)
    {
        using TemporaryFolder folder = new();
        byte[] valid = File.ReadAllBytes(TestPaths.Data("datasets", file));
        Mutator mutator = new(Seed);
        int refused = 0;
        for (int mutation = 0; mutation < MutationsPerFile; mutation++)
        {
            File.WriteAllBytes(folder[file], mutator.Damage(valid));
            Allocation.AssertBelow(LargestAllocation, () =>
            {
                try
                {
                    RetrievalDatasets.Read(kind, folder[file], Options(kind));
                }
                catch (GnnReRankException)
                {
                    refused++;
                }
            });
        }

        Assert.InRange(refused, MutationsPerFile / 4, MutationsPerFile);
    }

    private static DatasetReadOptions Options(DatasetKind kind) => new() { Variant = kind == DatasetKind.Cuhk03NP ? "Labeled" : null };
}
