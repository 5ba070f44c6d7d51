namespace GnnReRank.Formats.Arrays;

/// <summary>One value a row, as numbers or as texts.</summary>
/// <param name="Path">The file.</param>
/// <param name="Choice">Which array, and how much hangs on it.</param>
/// <param name="Numbers">The numbers; null where there are texts.</param>
/// <param name="Texts">The texts; null where there are numbers.</param>
internal sealed record ArrayColumn(string Path, ArrayChoice Choice, NumericArray? Numbers, TextArray? Texts)
{
    public IReadOnlyList<long> Shape => Numbers?.Shape ?? Texts!.Shape;

    /// <summary>An array of numbers, or of texts that stand for numbers.</summary>
    /// <exception cref="GnnReRankException">It holds neither.</exception>
    public static ArrayColumn OfNumbers(IArrayFile file, ArrayChoice choice)
    {
        try
        {
            return new ArrayColumn(file.Path, choice, file.Numbers(choice.Name), Texts: null);
        }
        catch (GnnReRankException refused) when (IsUnsupported(refused) && TryText(file, choice.Name) is TextArray texts)
        {
            return new ArrayColumn(file.Path, choice, Numbers: null, texts);
        }
    }

    /// <summary>An array of texts.</summary>
    /// <exception cref="GnnReRankException">It holds something else.</exception>
    public static ArrayColumn OfTexts(IArrayFile file, ArrayChoice choice) => new(file.Path, choice, Numbers: null, file.Text(choice.Name));

    private static TextArray? TryText(IArrayFile file, string name)
    {
        try
        {
            return file.Text(name);
        }
        catch (GnnReRankException refused) when (IsUnsupported(refused))
        {
            // What the array holds instead of numbers has been said.
            return null;
        }
    }

    private static bool IsUnsupported(GnnReRankException error) => error.Kind == ErrorKind.NotSupported;
}
