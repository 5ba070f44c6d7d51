using System.Collections.ObjectModel;
using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Turns what a person writes for a path into full paths of the file system.</summary>
internal static class SessionPaths
{
    /// <summary>The files an input path names: wildcards are expanded, in the order of their names.</summary>
    /// <exception cref="GnnReRankException">No file matches, or the path is not one of the file system.</exception>
    public static IReadOnlyList<string> Expand(PSCmdlet command, string path) =>
        Expand(command, path, File.Exists, hasLiteralPath: true);

    /// <summary>The files or folders an input path names; one that is there is meant, whatever its name holds.</summary>
    /// <param name="command">The command that was given it.</param>
    /// <param name="path">The path.</param>
    /// <param name="isWanted">Which of those that a wildcard matches are meant.</param>
    /// <param name="hasLiteralPath">Whether the command takes names as they stand with -LiteralPath.</param>
    /// <exception cref="GnnReRankException">None matches, or the path is not one of the file system.</exception>
    public static IReadOnlyList<string> Find(
        PSCmdlet command, string path, Func<string, bool> isWanted, bool hasLiteralPath) =>
        Literal(command, path) is string literal && Path.Exists(literal)
            ? [literal]
            : Expand(command, path, isWanted, hasLiteralPath);

    private static IReadOnlyList<string> Expand(
        PSCmdlet command, string path, Func<string, bool> isWanted, bool hasLiteralPath)
    {
        Collection<string> found;
        try
        {
            found = command.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            Check(path, provider);
        }
        catch (ItemNotFoundException)
        {
            // Only a path without wildcards gets here; whoever opens it says that it is missing, with its full name.
            return [Literal(command, path)];
        }

        string[] files = WildcardPattern.ContainsWildcardCharacters(path)
            ? [.. found.Where(isWanted).Order(StringComparer.Ordinal)]
            : [.. found];
        return files.Length > 0 ? files : throw Errors.NoFileMatches(path, hasLiteralPath);
    }

    /// <summary>The full path of a file that is taken by its name as it stands, whether it exists or not.</summary>
    /// <exception cref="GnnReRankException">The path is not one of the file system.</exception>
    public static string Literal(PSCmdlet command, string path)
    {
        string full = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        Check(path, provider);
        return full;
    }

    private static void Check(string path, ProviderInfo provider)
    {
        if (provider.Name != "FileSystem")
        {
            throw Errors.NotFileSystem(path, provider.Name);
        }
    }
}
