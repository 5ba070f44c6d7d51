using System.Numerics;

namespace GnnReRank.Formats.Columns;

/// <summary>Tells a usual name that was damaged, where a format has no checksum that does: one bit changes a letter, and what it named is gone without a word.</summary>
internal static class NearName
{
    // Of shorter names others that people use are one bit away: 'pid' and 'qid'.
    private const int Shortest = 4;

    /// <summary>The name that differs from a usual one in a single bit; null where there is none.</summary>
    /// <param name="present">The names that there are.</param>
    /// <param name="prefix">Stands before the usual names.</param>
    /// <param name="usual">The usual names.</param>
    public static string? Find(IEnumerable<string> present, string prefix, IReadOnlyList<string> usual) => present.FirstOrDefault(
        name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && usual.Any(wanted => AreNear(name.AsSpan(prefix.Length), wanted)));

    /// <summary>What is said of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name.</param>
    /// <param name="what">What it may have held.</param>
    /// <param name="parameter">The parameter that takes it.</param>
    public static string Warning(string path, string name, string what, string parameter) =>
        $"'{path}' has no {what} under a usual name, and '{name}', which is one letter away from one and is not read. It may be damaged: get the file again. If it holds the {what}, say {parameter} '{name}'.";

    private static bool AreNear(ReadOnlySpan<char> name, string usual)
    {
        if (name.Length != usual.Length || name.Length < Shortest)
        {
            return false;
        }

        int bits = 0;
        for (int place = 0; place < name.Length; place++)
        {
            bits += char.ToLowerInvariant(name[place]) == usual[place] ? 0 : BitOperations.PopCount((uint)(name[place] ^ usual[place]));
        }

        return bits == 1;
    }
}
