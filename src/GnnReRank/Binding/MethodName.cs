namespace GnnReRank.Binding;

/// <summary>Methods by the names that people write: those of the enumeration or of results, however hyphened or cased.</summary>
internal static class MethodName
{
    /// <summary>The method where none is named.</summary>
    public const ReRankMethod Default = ReRankMethod.Diffusion;

    /// <summary>The method of a name; null where there is none.</summary>
    public static ReRankMethodInfo? Find(string name)
    {
        string letters = Letters(name);
        return ReRankMethods.All.FirstOrDefault(info => Letters(info.Method.ToString()) == letters)
            ?? ReRankMethods.All.FirstOrDefault(info => Letters(info.Defaults.Method) == letters);
    }

    /// <summary>What is said of another name.</summary>
    public static string Refusal(string name) =>
        $"'{name}' is no method: use {string.Join(", ", ReRankMethods.All.Select(info => info.Method))}.";

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
