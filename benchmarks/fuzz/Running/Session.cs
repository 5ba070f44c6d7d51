using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GnnReRank.Fuzz.Running;

/// <summary>One runspace with the module and one PowerShell object, used again for each call. Every stream is on.</summary>
internal sealed class Session : IDisposable
{
    private static readonly string[] s_streams = ["VerbosePreference", "DebugPreference", "InformationPreference", "ProgressPreference", "WarningPreference"];

    private readonly Runspace _runspace;

    public Session(string manifest, string folder)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(manifest);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        _runspace.SessionStateProxy.Path.SetLocation(folder);
        foreach (string stream in s_streams)
        {
            _runspace.SessionStateProxy.SetVariable(stream, "Continue");
        }

        Shell = PowerShell.Create(_runspace);
    }

    public PowerShell Shell { get; }

    /// <summary>Runs what a call adds. Errors, written or thrown, come back as records.</summary>
    public Answer Run(Action<PowerShell> add)
    {
        Shell.Commands.Clear();
        Shell.Streams.ClearStreams();
        add(Shell);
        try
        {
            PSObject[] output = [.. Shell.Invoke()];
            return new Answer(output, [.. Shell.Streams.Error], WarningTexts(), IsStopped: false);
        }
        catch (PipelineStoppedException)
        {
            return new Answer([], [], [], IsStopped: true);
        }
        catch (RuntimeException exception)
        {
            return new Answer([], [.. Shell.Streams.Error, exception.ErrorRecord], WarningTexts(), IsStopped: false);
        }
    }

    /// <summary>Runs a script that must succeed, and gives its output without wrappers.</summary>
    public object[] Script(string text)
    {
        Answer answer = Run(shell => shell.AddScript(text));
        return answer.Errors.Count == 0
            ? [.. answer.Output.Select(item => item.BaseObject)]
            : throw new InvalidOperationException($"{answer.Errors[0]} in: {text}", answer.Errors[0].Exception);
    }

    /// <summary>Lets go of what the session remembers of earlier calls.</summary>
    public void Forget() => _ = Run(shell => shell.AddScript("$global:Error.Clear()"));

    public void Dispose()
    {
        Shell.Dispose();
        _runspace.Dispose();
    }

    private string[] WarningTexts() => [.. Shell.Streams.Warning.Select(record => record.Message)];
}
