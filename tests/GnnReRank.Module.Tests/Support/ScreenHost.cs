using System.Globalization;
using System.Management.Automation.Host;

namespace GnnReRank.Tests.Module;

/// <summary>A host whose screen is a text of 80 columns.</summary>
internal sealed class ScreenHost : PSHost
{
    private readonly ScreenUI _screen = new();

    public override PSHostUserInterface UI => _screen;

    /// <summary>Whether the screen can show colours; not, unless set.</summary>
    public bool ShowsColours
    {
        get => _screen.ShowsColours;
        set => _screen.ShowsColours = value;
    }

    /// <summary>What was written since the last call.</summary>
    public string TakeText() => _screen.TakeText();

    /// <summary>The same with its colours.</summary>
    public string TakeColouredText() => _screen.TakeColouredText();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Screen";

    public override Version Version => new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
