namespace GnnReRank.Formats.Tables;

/// <summary>
/// A name that misses a usual one by a letter: mistyped, or damaged. What bears it is not taken for what it may be, and must not go without a word.
/// </summary>
internal static class NearName
{
    // Shorter names are all near one another.
    private const int Shortest = 4;

    /// <summary>The warning for the first name that misses a usual one; null where none does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Its names that are not taken for anything.</param>
    /// <param name="starts">What may stand before a usual name: an empty text, or the name of a set or a group.</param>
    /// <param name="usual">The usual names.</param>
    /// <param name="kind">What would be under them, and the parameter that names it.</param>
    public static string? Warning(string path, IEnumerable<string> names, IReadOnlyList<string> starts, IReadOnlyList<string> usual, (string What, string Parameter) kind)
    {
        string[] wanted = [.. starts.SelectMany(start => usual.Where(name => name.Length >= Shortest).Select(name => start + name))];
        foreach (string name in names)
        {
            if (Array.Find(wanted, each => Misses(name, each)) is string missed)
            {
                return $"'{path}': '{name}' is not taken for {kind.What}, as its name misses '{missed}' by a letter: the matrix has no {kind.What}. The file may be damaged: get it again. If it holds them, say {kind.Parameter} '{name}'.";
            }
        }

        return null;
    }

    /// <summary>Whether one letter was changed, added or left out.</summary>
    private static bool Misses(string name, string wanted)
    {
        if (Math.Abs(name.Length - wanted.Length) > 1)
        {
            return false;
        }

        int same = 0;
        while (same < Math.Min(name.Length, wanted.Length) && char.ToLowerInvariant(name[same]) == wanted[same])
        {
            same++;
        }

        ReadOnlySpan<char> rest = name.AsSpan(Math.Min(name.Length, name.Length < wanted.Length ? same : same + 1));
        return rest.Equals(wanted.AsSpan(Math.Min(wanted.Length, wanted.Length < name.Length ? same : same + 1)), StringComparison.OrdinalIgnoreCase);
    }
}
