namespace GnnReRank.Shell.Startup;

/// <summary>The command line, understood.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Text">The script file's full path, or the command's text.</param>
/// <param name="Arguments">The script file's arguments, as they came.</param>
/// <param name="ModulePath">The manifest to import instead of the one found beside this program.</param>
internal sealed record ShellOptions(ShellMode Mode, string Text, IReadOnlyList<string> Arguments, string? ModulePath);
