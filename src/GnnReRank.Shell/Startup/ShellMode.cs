namespace GnnReRank.Shell.Startup;

/// <summary>What the program was asked to do.</summary>
internal enum ShellMode
{
    Prompt,
    File,
    Command,
    Help,
    Version,
}
