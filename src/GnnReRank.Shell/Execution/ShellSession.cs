using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GnnReRank.Shell.Hosting;
using GnnReRank.Shell.Startup;
using Microsoft.PowerShell;

namespace GnnReRank.Shell.Execution;

/// <summary>One runspace with the module in it, and the ways to run something there.</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Interruption _interruption = new();
    private readonly ShellHost _host;
    private readonly string _manifest;

    public ShellSession(ShellHost host, string manifest)
    {
        _host = host;
        _manifest = manifest;
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // As everywhere else: whoever runs a script by name in this host means to run it.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        Runspace = RunspaceFactory.CreateRunspace(host, state);
        Runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        Runspace.Open();
        Runspace.DefaultRunspace = Runspace;
    }

    public Runspace Runspace { get; }

    /// <summary>Whether the last statement of the last command succeeded: $?.</summary>
    public bool LastSucceeded => LanguagePrimitives.IsTrue(Runspace.SessionStateProxy.GetVariable("?"));

    public bool ImportModule()
    {
        Command import = new("Import-Module");
        import.Parameters.Add("Name", _manifest);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        return Run(import) == RunOutcome.Completed;
    }

    /// <summary>Runs a script file; returns the exit code.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        Command script = new(path, isScript: false, useLocalScope: false);
        foreach (CommandParameter parameter in ScriptArguments.Parse(arguments))
        {
            script.Parameters.Add(parameter);
        }

        ScriptExit.LeavesTheHost(Runspace);
        return ExitCode(Run(script), succeeded: true);
    }

    /// <summary>Runs a command's text; returns the exit code, which is 1 as well where the last statement failed.</summary>
    public int RunCommand(string text)
    {
        RunOutcome outcome = RunText(text);
        return ExitCode(outcome, LastSucceeded);
    }

    public RunOutcome RunText(string text) => Run(new Command(text, isScript: true, useLocalScope: false));

    public void Dispose()
    {
        _interruption.Dispose();
        Runspace.Dispose();
    }

    private int ExitCode(RunOutcome outcome, bool succeeded) => outcome switch
    {
        RunOutcome.Stopped => ExitCodes.Interrupted,
        RunOutcome.Failed => ExitCodes.Failure,
        _ => _host.RequestedExitCode ?? (succeeded ? ExitCodes.Success : ExitCodes.Failure),
    };

    private RunOutcome Run(Command command)
    {
        using PowerShell pipeline = CreatePipeline(command);
        _interruption.Begin(pipeline);
        try
        {
            // History keeps $? for the next command, which is otherwise put back after each.
            pipeline.Invoke(null, new PSInvocationSettings { AddToHistory = true });
            return _interruption.IsStopping ? RunOutcome.Stopped : RunOutcome.Completed;
        }
        catch (PipelineStoppedException)
        {
            return RunOutcome.Stopped;
        }
        catch (ParseException error) when (error.ErrorRecord.InvocationInfo is null)
        {
            // The error view needs a position that text from a command line does not carry; the message has it.
            _host.UI.WriteErrorLine($"ParserError: {error.Message}");
            return RunOutcome.Failed;
        }
        catch (RuntimeException error)
        {
            Report(error.ErrorRecord);
            return RunOutcome.Failed;
        }
        finally
        {
            _interruption.End();
            _host.ClearProgress();
        }
    }

    private PowerShell CreatePipeline(Command command)
    {
        // Out-Default shows everything, errors too, in the order in which it comes.
        Command show = new("Out-Default") { MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output };
        PowerShell pipeline = PowerShell.Create(Runspace);
        pipeline.Commands.AddCommand(command).AddCommand(show);
        return pipeline;
    }

    /// <summary>Shows an error that ended a pipeline, in the view and on the stream of those that did not.</summary>
    private void Report(ErrorRecord error)
    {
        using IDisposable scope = _host.SendAllToErrors();
        using PowerShell pipeline = PowerShell.Create(Runspace);
        pipeline.AddCommand("Out-Default").Invoke(new[] { error });
    }
}
