using GnnReRank.Formats.Files;
using GnnReRank.Formats.Mat;
using GnnReRank.Formats.Mat.Values;

namespace GnnReRank.Datasets.Model;

/// <summary>Columns of whole numbers and texts of a MAT-file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Values">Its variables, or the fields of a struct of it.</param>
internal sealed record MatColumns(string Path, IReadOnlyDictionary<string, object> Values)
{
    // Past 2^53 a double no longer tells neighbouring whole numbers apart; labels and cameras are far below that.
    private const double Most = int.MaxValue;

    /// <summary>Numbers that must be whole.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="count">How many there must be; null takes what there are.</param>
    /// <exception cref="GnnReRankException">They are no whole numbers, or not as many.</exception>
    public long[] Wholes(string name, int? count = null)
    {
        double[] numbers = Values[name] switch
        {
            MatNumbers array => array.Values,
            MatCell cell when cell.Values.All(value => value is MatNumbers { Values.Length: 1 }) =>
                Array.ConvertAll(cell.Values, value => ((MatNumbers)value).Values[0]),
            _ => throw Unusable($"'{name}' holds something else than numbers"),
        };
        if (count is int expected && numbers.Length != expected)
        {
            throw Unusable($"'{name}' has {numbers.Length:N0} numbers, and there are {expected:N0} images");
        }

        return Array.ConvertAll(numbers, number => Math.Abs(number) <= Most && Math.Floor(number) == number
            ? (long)number
            : throw Unusable($"'{name}' holds {number:R}, and whole numbers are expected"));
    }

    /// <summary>Texts, one a cell.</summary>
    /// <exception cref="GnnReRankException">They are no texts.</exception>
    public string[] Texts(string name) => Values[name] is MatCell cell && cell.Values.All(value => value is string or MatCell { Values: [string] })
        ? Array.ConvertAll(cell.Values, value => value as string ?? (string)((MatCell)value).Values[0])
        : throw Unusable($"'{name}' is no cell array of texts");

    /// <summary>The error of a variable that is not as it is published.</summary>
    public GnnReRankException Unusable(string what) => FormatErrors.Corrupt(Path, MatFile.Format, $"{what}. Give the file as it is published.");
}
