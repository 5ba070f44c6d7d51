using System.Collections.ObjectModel;
using GnnReRank.Formats.Columns;
using GnnReRank.Storage;

namespace GnnReRank.Tests.Formats;

/// <summary>A name or a label comes back as it was, or is refused before anything is written.</summary>
public sealed class OddTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => ["a.csv", "a.tsv", "a.csv.gz", "a.npz", "a.parquet", "a.arrow", "a.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void NamesComeBackOrAreRefused(string file)
    {
        foreach (string name in OddTexts.All)
        {
            FeatureMatrix matrix = new([1], 1, 1, names: [name]);
            if (IsWritten(file, matrix, name, IsLost(file, name)))
            {
                Assert.Equal(name, FeatureFile.Read(_folder[file]).Matrices[0].Names![0]);
            }
        }
    }

    /// <summary>Beside each other, and behind labels and cameras.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void AllNamesComeBackTogether(string file)
    {
        string[] names = [.. OddTexts.Whole, .. OddTexts.Whole.Reverse()];
        int[] numbers = [.. Enumerable.Range(0, names.Length)];
        FeatureMatrix known = new([.. numbers.Select(number => number + 1f)], names.Length, 1, [.. numbers.Select(number => (long)number)], numbers, names);
        foreach (FeatureMatrix matrix in (FeatureMatrix[])[known, new([.. numbers.Select(number => number + 1f)], names.Length, 1, names: names)])
        {
            FeatureFile.Write(_folder[file], [matrix], new FeatureWriteOptions { Overwrite = true });
            FeatureSamples.AssertSame(matrix, FeatureFile.Read(_folder[file]).Matrices[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void LabelsComeBackOrAreRefused(string file)
    {
        foreach (string label in OddTexts.All)
        {
            // What is missing or half a number is a label in no format.
            LabelNumbers numbers = new(takesTexts: true);
            if (!numbers.TryNumber(label, out long number))
            {
                continue;
            }

            FeatureMatrix matrix = Labelled([number, 7, number], numbers.Names);
            if (IsWritten(file, matrix, label, matrix.LabelNames is not null && IsLost(file, label.Trim())))
            {
                FeatureMatrix back = FeatureFile.Read(_folder[file]).Matrices[0];
                Assert.Equal(matrix.Labels, back.Labels);
                Assert.Equal(matrix.LabelNames, back.LabelNames);
            }
        }
    }

    private static bool IsLost(string file, string text) =>
        OddTexts.Halves.Contains(text) || (file.Contains("sv", StringComparison.Ordinal) && text.Contains('\0')) || (file == "a.npz" && text.EndsWith('\0'));

    private static FeatureMatrix Labelled(long[] labels, ReadOnlyDictionary<long, string>? texts) => FeatureMatrix.Adopt(
        new ArrayStorage<float>([1, 2, 3], 3, 1), labels, cameras: null, names: null, FeatureRole.None, source: null, inverseNorms: null, texts);

    private bool IsWritten(string file, FeatureMatrix matrix, string text, bool isLost)
    {
        File.Delete(_folder[file]);
        GnnReRankException? refused = Record.Exception(() => FeatureFile.Write(_folder[file], [matrix])) as GnnReRankException;
        Assert.True((refused?.ErrorId == "TextNotWritable") == isLost, $"'{OddTexts.Shown(text)}' in {file}: {refused?.Message ?? "written"}");
        Assert.Equal(isLost, Directory.GetFileSystemEntries(_folder.Path).Length == 0);
        return !isLost;
    }
}
