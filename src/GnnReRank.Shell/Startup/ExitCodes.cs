namespace GnnReRank.Shell.Startup;

/// <summary>What this program returns of its own accord; a script's <c>exit N</c> returns N.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>The command line is wrong or names a file that is not there (EX_USAGE, as pwsh has it).</summary>
    public const int Usage = 64;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
