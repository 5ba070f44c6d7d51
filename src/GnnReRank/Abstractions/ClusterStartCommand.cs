using System.Management.Automation;
using GnnReRank.Binding;
using GnnReRank.Formatting;

namespace GnnReRank.Abstractions;

/// <summary>A command that has a cluster job's tasks run, by Slurm or on this machine.</summary>
public abstract class ClusterStartCommand : ClusterJobCommand
{
    private static readonly TimeSpan s_shortestLimit = TimeSpan.FromMinutes(1);

    private protected ClusterStartCommand()
    {
    }

    /// <summary>
    /// What runs the tasks: Slurm, by sbatch, or Local, which runs the same items in processes on this machine, as one
    /// tries or debugs a job.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = ClusterEngine.Slurm)]
    public ClusterEngine Engine { get; set; } = ClusterEngine.Slurm;

    /// <summary>Slurm's partition.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the cluster's own")]
    public string? Partition { get; set; }

    /// <summary>The account that Slurm charges.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the user's own")]
    public string? Account { get; set; }

    /// <summary>The longest that a task may take, as hours:minutes:seconds; Slurm ends it then.</summary>
    [Parameter]
    [PSDefaultValue(Help = "the partition's own")]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>What a task that seeks neighbours asks of Slurm beside processors and memory, such as gpu:1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "nothing more")]
    public string? Gres { get; set; }

    /// <summary>Further words for sbatch, as they stand there, such as '--constraint=avx512'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "no more words")]
    public string[] SbatchArgument { get; set; } = [];

    /// <summary>
    /// With -Engine Local: tasks at a time. 0, the default, takes as many as the processor's cores allow.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int LocalTasks { get; set; }

    /// <summary>Give the job.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Where the job is to run: what was given, and the rest as another start was.</summary>
    private protected ClusterStartOptions OptionsOver(ClusterStartOptions other) => other with
    {
        Engine = IsGiven(nameof(Engine)) ? Engine : other.Engine,
        Partition = Partition ?? other.Partition,
        Account = Account ?? other.Account,
        TimeLimit = TimeLimit ?? other.TimeLimit,
        Gres = Gres ?? other.Gres,
        SbatchArguments = IsGiven(nameof(SbatchArgument)) ? SbatchArgument : other.SbatchArguments,
        LocalTasks = IsGiven(nameof(LocalTasks)) ? LocalTasks : other.LocalTasks,
    };

    /// <summary>Refuses a limit that was meant in another unit before any job is looked at.</summary>
    private protected override void Begin()
    {
        if (TimeLimit is TimeSpan limit && limit < s_shortestLimit)
        {
            Target = limit;
            throw Errors.TimeLimitTooShort(limit);
        }
    }

    /// <summary>Starts, unless -WhatIf or the user says no; -WhatIf gives the text of what would run.</summary>
    /// <param name="job">The job.</param>
    /// <param name="what">What is done, for people.</param>
    /// <param name="options">Where it runs.</param>
    /// <param name="start">Does it.</param>
    private protected void Start(ReRankClusterJob job, string what, ClusterStartOptions options, Action start)
    {
        string where = options.Engine == ClusterEngine.Slurm ? "by Slurm" : "on this machine";
        string description = DisplayText.Of($"{what} the cluster job in '{job.Path}' {where}: {job.Method}.");
        if (ShouldProcess(description, $"{description}?", MyInvocation.MyCommand.Name, out ShouldProcessReason reason))
        {
            Run(_ => start());
            WriteVerbose(description);
            if (PassThru)
            {
                WriteObject(job);
            }
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            bool isWhole = MyInvocation.BoundParameters.TryGetValue("Verbose", out object? verbose) &&
                verbose is SwitchParameter { IsPresent: true };
            WriteObject(
                options.Engine == ClusterEngine.Slurm
                    ? Run(_ => StartText.Slurm(job, options, isWhole))
                    : Run(_ => StartText.Local(job, options)),
                enumerateCollection: true);
        }
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
