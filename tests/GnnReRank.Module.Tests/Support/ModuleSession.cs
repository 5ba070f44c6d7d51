using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GnnReRank.Tests.Module;

/// <summary>
/// A runspace with the module imported from the manifest, as a person has it, and a folder of its own as current location.
/// It has the engine's own commands and no others.
/// </summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Runspace _runspace;

    public ModuleSession(ScreenHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([System.IO.Path.Combine(TestPaths.Repository, "GnnReRank.psd1")]);
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(_folder.Path);
    }

    public Runspace Runspace => _runspace;

    /// <summary>A path in the session's folder.</summary>
    public string this[params string[] parts] => _folder[parts];

    public void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    /// <summary>Runs a script; an error that ends it is put with the others.</summary>
    public ScriptResult Run(string script)
    {
        using PowerShell shell = Create(script);
        List<ErrorRecord> thrown = [];
        IReadOnlyList<PSObject> output = [];
        try
        {
            output = [.. shell.Invoke()];
        }
        catch (RuntimeException exception)
        {
            thrown.Add(exception.ErrorRecord);
        }

        return new ScriptResult(
            output,
            [.. shell.Streams.Error, .. thrown],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Progress]);
    }

    /// <summary>Runs a script that must not write an error; gives its output.</summary>
    public ScriptResult RunClean(string script)
    {
        ScriptResult result = Run(script);
        Assert.Empty(result.Errors);
        return result;
    }

    public PowerShell Create(string script)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        return shell;
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _folder.Dispose();
    }
}
