using System.Management.Automation;
using System.Management.Automation.Language;
using GnnReRank.Shell.Hosting;
using GnnReRank.Shell.Startup;

namespace GnnReRank.Shell.Execution;

/// <summary>Reads a command, runs it, shows what comes of it, until the input ends or a command says exit.</summary>
internal sealed class PromptLoop(ShellSession session, ShellHost host)
{
    /// <summary>Returns the exit code; where a program feeds the commands, the last one's success counts as for -Command.</summary>
    public int Run()
    {
        RunOutcome outcome = RunOutcome.Completed;
        while (host.RequestedExitCode is null && ReadCommand() is string text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                outcome = session.RunText(text);
            }
        }

        bool failed = host.Terminal.IsInputRedirected && (outcome == RunOutcome.Failed || !session.LastSucceeded);
        return host.RequestedExitCode ?? (failed ? ExitCodes.Failure : ExitCodes.Success);
    }

    /// <summary>Reads on while the text ends in the middle of a block or a string; null at the end of the input.</summary>
    private string? ReadCommand()
    {
        Ask(Prompt());
        string? text = Console.In.ReadLine();
        while (text is not null && IsIncomplete(text))
        {
            Ask(">> ");
            string? next = Console.In.ReadLine();
            if (next is null)
            {
                break;
            }

            text += Environment.NewLine + next;
        }

        return text;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private void Ask(string prompt)
    {
        if (!host.Terminal.IsInputRedirected)
        {
            host.UI.Write(prompt);
        }
    }

    private string Prompt()
    {
        PathInfo location = session.Runspace.SessionStateProxy.Path.CurrentLocation;
        return $"PS {location}> ";
    }
}
