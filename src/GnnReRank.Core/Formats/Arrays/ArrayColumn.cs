namespace GnnReRank.Formats.Arrays;

/// <summary>One value a row, as numbers or as texts.</summary>
/// <param name="Path">The file.</param>
/// <param name="Choice">Which array, and how much hangs on it.</param>
/// <param name="Numbers">The numbers; null where there are texts.</param>
/// <param name="Texts">The texts; null where there are numbers.</param>
internal sealed record ArrayColumn(string Path, ArrayChoice Choice, NumericArray? Numbers, TextArray? Texts)
{
    /// <summary>The array for a message: "array 'cams' (24)".</summary>
    public string Text => Choice.Name.Length == 0 ? $"the array {ArrayShape.Text(Shape)}" : $"array '{Choice.Name}' {ArrayShape.Text(Shape)}";

    public IReadOnlyList<long> Shape => Numbers?.Shape ?? Texts!.Shape;

    /// <summary>An array of numbers, or of texts that stand for numbers.</summary>
    /// <exception cref="GnnReRankException">It holds neither.</exception>
    public static ArrayColumn OfNumbers(IArrayFile file, ArrayChoice choice) =>
        OfNumbers(file.Path, choice, () => file.Numbers(choice.Name), () => file.Text(choice.Name));

    /// <inheritdoc cref="OfNumbers(IArrayFile, ArrayChoice)"/>
    public static ArrayColumn OfNumbers(string path, ArrayChoice choice, Func<NumericArray> numbers, Func<TextArray> texts)
    {
        try
        {
            return new ArrayColumn(path, choice, numbers(), Texts: null);
        }
        catch (GnnReRankException refused) when (IsUnsupported(refused) && TryText(texts) is TextArray found)
        {
            return new ArrayColumn(path, choice, Numbers: null, found);
        }
    }

    /// <summary>An array of texts.</summary>
    /// <exception cref="GnnReRankException">It holds something else.</exception>
    public static ArrayColumn OfTexts(IArrayFile file, ArrayChoice choice) => new(file.Path, choice, Numbers: null, file.Text(choice.Name));

    private static TextArray? TryText(Func<TextArray> texts)
    {
        try
        {
            return texts();
        }
        catch (GnnReRankException refused) when (IsUnsupported(refused))
        {
            // What the array holds instead of numbers has been said.
            return null;
        }
    }

    private static bool IsUnsupported(GnnReRankException error) => error.Kind == ErrorKind.NotSupported;
}
