namespace GnnReRank.Tests.Module;

/// <summary>What a run of the host left: standard output, standard error, and the exit code. Lines end in \n.</summary>
internal sealed record ShellRun(string Output, string Error, int ExitCode);
