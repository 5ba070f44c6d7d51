using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Arrays;

/// <summary>Takes what is known of the rows from arrays, some of which only their names speak for.</summary>
internal static class ArrayGuess
{
    public static (string What, string Parameter) Labels { get; } = ("labels", "-LabelColumn");

    public static (string What, string Parameter) Cameras { get; } = ("cameras", "-CameraColumn");

    public static (string What, string Parameter) Names { get; } = ("names", "-NameColumn");

    /// <summary>What an array gives; null where there is none, or where it was guessed and turns out to be something else.</summary>
    /// <param name="source">The array, or null.</param>
    /// <param name="isOptional">Whether it was guessed and nothing asks for it.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="warnings">Takes what was left out.</param>
    /// <param name="take">Takes it.</param>
    /// <param name="verify">Throws where what looks unfit is damaged; null where no checksum can tell.</param>
    public static TResult? Take<TSource, TResult>(
        TSource? source, bool isOptional, (string What, string Parameter) kind, List<string> warnings, Func<TSource, TResult?> take,
        Action<TSource>? verify = null)
        where TSource : class
        where TResult : class
    {
        if (source is null)
        {
            return null;
        }

        try
        {
            return take(source);
        }
        catch (GnnReRankException unfit) when (isOptional && Guess.IsUnfit(unfit))
        {
            verify?.Invoke(source);
            warnings.Add(Guess.LeftOut(unfit, kind.What, kind.Parameter));
            return null;
        }
    }
}
