namespace GnnReRank.Shell.Startup;

/// <summary>The command line cannot be followed; the message says why and what would do.</summary>
internal sealed class ShellUsageException(string message) : Exception(message);
