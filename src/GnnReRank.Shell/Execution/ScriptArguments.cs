using System.Management.Automation.Runspaces;

namespace GnnReRank.Shell.Execution;

/// <summary>
/// Turns the words after a script's name into what PowerShell's binder would have seen had they been typed:
/// "-Name value", "-Name:value", a switch, or a position.
/// </summary>
internal static class ScriptArguments
{
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!LooksLikeAName(argument))
            {
                yield return new CommandParameter(null, argument);
                continue;
            }

            int colon = argument.IndexOf(':');
            if (colon < 0)
            {
                yield return new CommandParameter(argument);
            }
            else if (colon < argument.Length - 1)
            {
                yield return new CommandParameter(argument[..colon], Value(argument[(colon + 1)..]));
            }
            else
            {
                // "-Name: value" as two words; at the line's end there is no value.
                i++;
                yield return new CommandParameter(argument[..colon], i < arguments.Count ? arguments[i] : null);
            }
        }
    }

    /// <summary>A number is a value: -1 is never a parameter's name.</summary>
    private static bool LooksLikeAName(string argument) => argument is ['-', char first, ..] && (char.IsLetter(first) || first is '_' or '?');

    /// <summary>A command line has no other way to say -Switch:$false.</summary>
    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
