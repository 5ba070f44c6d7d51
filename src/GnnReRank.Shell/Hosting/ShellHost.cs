using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace GnnReRank.Shell.Hosting;

/// <summary>What the PowerShell engine knows of this program.</summary>
internal sealed class ShellHost(Terminal terminal) : PSHost
{
    private readonly ConsoleUI _ui = new(terminal);

    /// <summary>What <c>exit N</c> asked for; null while nothing did.</summary>
    public int? RequestedExitCode { get; private set; }

    public Terminal Terminal { get; } = terminal;

    public override string Name => "GnnReRank.Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    /// <summary>Wipes the progress line away: a command that ended early leaves it behind.</summary>
    public void ClearProgress() => _ui.ClearProgress();

    /// <summary>Until the result is disposed, what would go to standard output goes to standard error.</summary>
    public IDisposable SendAllToErrors() => new ErrorScope(_ui);

    public override void EnterNestedPrompt() =>
        throw new PSNotSupportedException("This host has no nested prompt. Use pwsh to debug a script.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("This host has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
