using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>
/// What every command shares: failures become error records, work runs beside the pipeline thread, and a stop does not wait for it.
/// </summary>
public abstract class GnnReRankCommand : PSCmdlet
{
    // Without a timer or a wait handle the source holds nothing to dispose of, and a worker left behind may still read its token.
    private readonly CancellationTokenSource _stopping = new();
    private readonly PipelineRelay _relay;

    private protected GnnReRankCommand() => _relay = new PipelineRelay(this);

    /// <summary>What an error of this command speaks of.</summary>
    private protected object? Target { get; set; }

    /// <summary>What its progress is of, where that is more than the command's name.</summary>
    private protected string? Activity
    {
        set => _relay.Activity = value;
    }

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(() =>
    {
        RequireInput();
        Begin();
    });

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>Writes a line for people, in which names and paths are shown through <see cref="DisplayText"/>.</summary>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(DisplayText.Of(text));

    /// <summary>The same of a warning.</summary>
    private protected new void WriteWarning(string text) => base.WriteWarning(DisplayText.Of(text));

    /// <summary>Runs once, before the first object of the pipeline.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Runs for each object of the pipeline, or once where there is none.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Runs once, after the last object of the pipeline.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>Adds what the command's own parameters say of how a call runs.</summary>
    private protected virtual ComputeOptions Configure(ComputeOptions options) => options;

    /// <summary>Runs a call of the engine on another thread, while this one passes on its progress and its lines.</summary>
    private protected T Run<T>(Func<ComputeOptions, T> work)
    {
        ComputeOptions options = Configure(new ComputeOptions
        {
            Progress = _relay,
            Log = _relay.Log,
            Warn = _relay.Warn,
            CancellationToken = StopToken,
        });
        Task<T> call = Task.Factory.StartNew(
            () => work(options), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            _relay.PumpUntil(call, StopToken);
        }
        finally
        {
            if (!call.IsCompleted)
            {
                _stopping.Cancel();
            }
        }

        return call.GetAwaiter().GetResult();
    }

    /// <summary>Runs a call of the engine that returns nothing.</summary>
    private protected void Run(Action<ComputeOptions> work) => Run(options =>
    {
        work(options);
        return true;
    });

    /// <summary>Runs a step for one input of many: where it fails, that is an error, and the inputs after it go on.</summary>
    private protected void Attempt(object target, Action step)
    {
        try
        {
            step();
        }
        catch (Exception exception) when (Errors.IsExpected(exception))
        {
            WriteError(Errors.Record(exception, target));
        }
    }

    /// <summary>Refuses a -Top that keeps nothing, before any work is done for it.</summary>
    private protected void CheckTop(int? top)
    {
        if (top is int count && count < 1)
        {
            Target = count;
            throw Errors.InvalidTop(count);
        }
    }

    /// <summary>Refuses query rows that the ranking does not have.</summary>
    private protected static void CheckQueries(IEnumerable<int> queries, Ranking ranking)
    {
        foreach (int query in queries)
        {
            if (query < 0 || query >= ranking.QueryCount)
            {
                throw Errors.QueryIndexOutOfRange(query, ranking.QueryCount);
            }
        }
    }

    /// <summary>Refuses a call that brings none of the objects that it works on, instead of asking for what nobody can type.</summary>
    private void RequireInput()
    {
        foreach (ParameterMetadata parameter in MyInvocation.MyCommand.Parameters.Values)
        {
            if (parameter.Attributes.OfType<INeed>().FirstOrDefault() is INeed need &&
                (need.IsByName || (IsPiped(parameter) && !MyInvocation.ExpectingInput)) &&
                !MyInvocation.BoundParameters.ContainsKey(parameter.Name))
            {
                throw Errors.InputMissing(MyInvocation.MyCommand.Name, parameter.Name, need);
            }
        }
    }

    private bool IsPiped(ParameterMetadata parameter) =>
        (parameter.ParameterSets.GetValueOrDefault(ParameterSetName) ?? parameter.ParameterSets.GetValueOrDefault(ParameterAttribute.AllParameterSets))
            is { ValueFromPipeline: true };

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (Errors.IsExpected(exception))
        {
            ThrowTerminatingError(Errors.Record(exception, Target));
        }
    }
}
