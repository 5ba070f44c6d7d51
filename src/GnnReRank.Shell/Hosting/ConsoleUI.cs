using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace GnnReRank.Shell.Hosting;

/// <summary>
/// Writes what the engine shows: results to standard output, messages to standard error, so that a redirected
/// output holds results only. Pipeline threads may call at any time; one lock keeps lines whole.
/// </summary>
internal sealed class ConsoleUI : PSHostUserInterface
{
    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly ProgressLine _progress;
    private readonly ConsolePrompts _prompts;

    public ConsoleUI(Terminal terminal)
    {
        _terminal = terminal;
        _progress = new ProgressLine(terminal);
        _prompts = new ConsolePrompts(this);
        RawUI = new ConsoleRawUI(terminal);
    }

    public override PSHostRawUserInterface RawUI { get; }

    public override bool SupportsVirtualTerminal => _terminal.HasColor;

    /// <summary>Where results go: standard error while the error that ended a command is shown.</summary>
    public TextWriter Output { get; set; } = Console.Out;

    public override void Write(string value) => Write(Output, value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        if (!_terminal.HasColor)
        {
            Write(value);
            return;
        }

        lock (_lock)
        {
            _progress.Clear();
            Console.ForegroundColor = foregroundColor;
            Console.BackgroundColor = backgroundColor;
            Output.Write(value);
            Console.ResetColor();
        }
    }

    public override void WriteLine(string value) => Write(Output, value + Environment.NewLine);

    public override void WriteErrorLine(string value) => Write(Console.Error, value.TrimEnd('\r', '\n') + Environment.NewLine);

    public override void WriteWarningLine(string message) => WriteMessage("WARNING", message);

    public override void WriteVerboseLine(string message) => WriteMessage("VERBOSE", message);

    public override void WriteDebugLine(string message) => WriteMessage("DEBUG", message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_lock)
        {
            _progress.Show(record);
        }
    }

    public void ClearProgress()
    {
        lock (_lock)
        {
            _progress.Clear();
        }
    }

    public override string ReadLine()
    {
        ClearProgress();
        return Console.In.ReadLine() ?? string.Empty;
    }

    public override SecureString ReadLineAsSecureString()
    {
        ClearProgress();
        return _prompts.ReadSecret(_terminal);
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        _prompts.AskFields(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _prompts.AskChoice(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new PSNotSupportedException("This host does not ask for credentials. Use pwsh where a script needs them.");

    private void WriteMessage(string kind, string message) => Write(Console.Error, $"{kind}: {message}{Environment.NewLine}");

    private void Write(TextWriter writer, string value)
    {
        lock (_lock)
        {
            _progress.Clear();
            writer.Write(GetOutputString(value, SupportsVirtualTerminal));
        }
    }
}
