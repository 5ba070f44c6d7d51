using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Columns;

/// <summary>Columns that share a prefix and count up by one.</summary>
/// <param name="Prefix">What stands before the number; may be empty.</param>
/// <param name="Columns">Positions in the order of the numbers.</param>
internal sealed record NumberedGroup(string Prefix, IReadOnlyList<int> Columns)
{
    private const string ShortPrefix = "f";

    /// <summary>Whether the prefix is one under which people keep features.</summary>
    public bool IsUsual
    {
        get
        {
            string bare = Prefix.TrimEnd('_', '-', '.', ' ');
            return bare.Length == 0 || bare.Equals(ShortPrefix, StringComparison.OrdinalIgnoreCase) ||
                UsualNames.Features.Contains(bare, StringComparer.OrdinalIgnoreCase);
        }
    }
}
