using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace GnnReRank.Tests.Module;

/// <summary>Keeps what is written; nobody is there to answer.</summary>
internal sealed partial class ScreenUI : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    public override PSHostRawUserInterface RawUI { get; } = new ScreenRawUI();

    public override bool SupportsVirtualTerminal => ShowsColours;

    /// <summary>Whether this screen says that it can show colours.</summary>
    public bool ShowsColours { get; set; }

    /// <summary>What was written since the last call, without colours.</summary>
    public string TakeText() => Colour().Replace(TakeColouredText(), string.Empty);

    /// <summary>What was written since the last call, as it was written.</summary>
    public string TakeColouredText()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }

    public override void Write(string value) => _text.Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => _text.Append(value).Append('\n');

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteDebugLine(string message) => WriteLine(message);

    public override void WriteVerboseLine(string message) => WriteLine(message);

    public override void WriteWarningLine(string message) => WriteLine(message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

    [GeneratedRegex("\\e\\[[0-9;]*m")]
    private static partial Regex Colour();
}
