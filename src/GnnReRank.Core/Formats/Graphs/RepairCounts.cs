namespace GnnReRank.Formats.Graphs;

/// <summary>What was wrong with the lists of a file, and was put right.</summary>
internal sealed class RepairCounts
{
    private readonly int[] _counts = new int[Enum.GetValues<Repairs>().Length];
    private int _repaired;

    /// <summary>Counts a list.</summary>
    public void Add(Repairs repairs)
    {
        _repaired += repairs == Repairs.None ? 0 : 1;
        foreach (Repairs each in Enum.GetValues<Repairs>().Where(each => each != Repairs.None && repairs.HasFlag(each)))
        {
            _counts[PlaceOf(each)]++;
        }
    }

    /// <summary>Tells of them: what lost or guessed nothing in a line of the log, all else in one warning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The number of lists.</param>
    /// <param name="isWidened">Whether no list held its own row, and each was given room for it.</param>
    /// <param name="options">Who is told.</param>
    public void Tell(string path, int rows, bool isWidened, ComputeOptions options)
    {
        string own = isWidened ? "put first, with one more place a list" : "put first, in full lists for the last " +
            "neighbour";
        (Repairs Kind, string Text)[] texts =
        [
            (Repairs.Empty, "had no neighbour"),
            (Repairs.LacksOwn, $"lacked their own row ({own})"),
            (Repairs.Twice, "named a row twice (the nearer was kept)"),
            (Repairs.Disordered, "were out of order"),
            (Repairs.Short, "were shorter than the others"),
        ];
        string[] found =
        [
            .. from text in texts
               let count = _counts[PlaceOf(text.Kind)]
               where count > 0
               select $"{count:N0} {text.Text}",
        ];
        if (found.Length == 0)
        {
            return;
        }

        string line = $"{_repaired:N0} of {rows:N0} lists were repaired: {string.Join(", ", found)}.";
        if (found.Length == 1 && isWidened)
        {
            options.Log?.Invoke(line);
        }
        else
        {
            options.Warn?.Invoke($"'{path}': {line}");
        }
    }

    private static int PlaceOf(Repairs repair) => System.Numerics.BitOperations.Log2((uint)repair);
}
