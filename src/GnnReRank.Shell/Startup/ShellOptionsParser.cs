namespace GnnReRank.Shell.Startup;

/// <summary>Reads the command line as pwsh does: switches first, then a file with its arguments, or a command to the line's end.</summary>
internal static class ShellOptionsParser
{
    public static ShellOptions Parse(IReadOnlyList<string> arguments)
    {
        string? modulePath = null;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            switch (argument.ToLowerInvariant())
            {
                case "-help" or "--help" or "-h" or "-?":
                    return new ShellOptions(ShellMode.Help, string.Empty, [], null);
                case "-version" or "--version" or "-v":
                    return new ShellOptions(ShellMode.Version, string.Empty, [], null);
                case "-noprofile" or "-nologo":
                    // There is neither a profile nor a logo; people who are used to pwsh type these.
                    break;
                case "-module":
                    modulePath = ExistingFile(ValueAfter(arguments, i++), "module manifest");
                    break;
                case "-command" or "-c":
                    return Command([ValueAfter(arguments, i), .. arguments.Skip(i + 2)], modulePath);
                case "-file" or "-f":
                    return Script(ValueAfter(arguments, i), arguments.Skip(i + 2), modulePath);
                default:
                    return argument.StartsWith('-')
                        ? throw new ShellUsageException($"'{argument}' is not an option of this program. -Help lists them.")
                        : Script(argument, arguments.Skip(i + 1), modulePath);
            }
        }

        return new ShellOptions(ShellMode.Prompt, string.Empty, [], modulePath);
    }

    /// <summary>A lone dash says, as for pwsh, that the commands come from standard input.</summary>
    private static ShellOptions Command(string[] words, string? modulePath) =>
        words is ["-"]
            ? new ShellOptions(ShellMode.Prompt, string.Empty, [], modulePath)
            : new ShellOptions(ShellMode.Command, string.Join(' ', words), [], modulePath);

    private static ShellOptions Script(string path, IEnumerable<string> arguments, string? modulePath)
    {
        string fullPath = ExistingFile(path, "script file");
        return fullPath.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? new ShellOptions(ShellMode.File, fullPath, [.. arguments], modulePath)
            : throw new ShellUsageException($"'{path}' is not a script file: its name does not end in .ps1.");
    }

    private static string ValueAfter(IReadOnlyList<string> arguments, int index) => index + 1 < arguments.Count
        ? arguments[index + 1]
        : throw new ShellUsageException($"'{arguments[index]}' needs a value after it. -Help shows how.");

    private static string ExistingFile(string path, string what) => File.Exists(path)
        ? Path.GetFullPath(path)
        : throw new ShellUsageException($"There is no {what} '{path}' (looked for '{Path.GetFullPath(path)}'). Check the spelling and the folder.");
}
