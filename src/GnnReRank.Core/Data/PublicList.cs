using System.Diagnostics.CodeAnalysis;

namespace GnnReRank;

/// <summary>
/// The lists of public types. A collection expression makes a list of a compiler's own type, whose indexer PowerShell does not see:
/// there [0] would give the whole list.
/// </summary>
internal static class PublicList
{
    /// <summary>The list as a <see cref="ResultList{T}"/>.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? list) =>
        list is null or ResultList<T> ? list : new ResultList<T>(list as IList<T> ?? [.. list]);
}
