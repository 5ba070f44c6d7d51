using System.Globalization;
using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>
/// Plans a re-ranking that is cut in tasks for a cluster, and tells what it needs before anything runs.
/// </summary>
/// <remarks>
/// <para>
/// For galleries that are too large for one machine. Reads the shapes of the files, checks all that can be
/// checked, and writes the plan to a directory that all machines of the cluster see. Nothing runs before
/// Start-ReRankClusterJob. What is shown tells the stages with their items and tasks, the memory of the largest
/// item, what is written to and read from the shared file system, and the time, guessed from this machine.
/// </para>
/// <para>
/// The ranking is the same, to the bit, as that of one process. The methods are Diffusion,
/// Cosine, and Gnn with both -K1 and -K2 given; their parameters complete once -Method is there. Neighbours are exact, unless -Recall
/// asks for nearly all of them in a small part of the time.
/// </para>
/// <para>
/// The features stay in their files, which the machines read by the same paths. A job whose largest item does not fit
/// -MemoryPerTask says so in its Notes: give more, or a smaller -ShardSize.
/// </para>
/// </remarks>
/// <example>
/// <title>Plan a job</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// New-ReRankClusterJob digits.job -Query $query.Source -Gallery $gallery.Source</code>
/// <para>Shows what the job would need. Nothing runs.</para>
/// </example>
/// <example>
/// <title>Many files, nearly all neighbours</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $gallery | Select-FeatureMatrix -First 700 | Export-FeatureMatrix gallery-0.npy -Force
/// $gallery | Select-FeatureMatrix -Index (700..1496) | Export-FeatureMatrix gallery-1.npy -Force
/// Remove-Item digits.job -Recurse -ErrorAction Ignore
/// $settings = @{ Method = 'Gnn'; K1 = 20; K2 = 6; Recall = 0.95; ShardSize = 500; Tasks = 8; MemoryPerTask = 4GB }
/// New-ReRankClusterJob digits.job -Query $query.Source -Gallery gallery-*.npy @settings</code>
/// <para>Takes the files of a gallery one after the other, by their names, as one.</para>
/// </example>
/// <example>
/// <title>Compare plans</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// Remove-Item plans -Recurse -ErrorAction Ignore
/// $files = @{ Query = $query.Source; Gallery = $gallery.Source }
/// 200, 500 | ForEach-Object { New-ReRankClusterJob "plans/$_" -ShardSize $_ @files } |
///     Select-Object -ExpandProperty Stages | Format-Table Stage, Items, MemoryBytes, ReadBytes</code>
/// <para>Shows how the size of a shard changes the number of items, and what they need.</para>
/// </example>
/// <example>
/// <title>See what would be planned</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// New-ReRankClusterJob other.job -Query $query.Source -Gallery $gallery.Source -Method Cosine -WhatIf</code>
/// <para>Shows the plan, its stages and what they need, and writes nothing.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ReRankClusterJob", SupportsShouldProcess = true)]
[OutputType(typeof(ReRankClusterJob))]
public sealed class NewReRankClusterJobCommand : GnnReRankCommand, IDynamicParameters
{
    private static readonly ClusterJobOptions s_usual = new() { Query = [], Gallery = [] };

    private RuntimeDefinedParameterDictionary _parameters = [];

    /// <summary>
    /// The job's directory, on a file system that all its machines see by this path. It is made; one that has
    /// files in it is refused.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    [TextNeeded("the path of the job's directory is needed: it comes first")]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// The files of the queries, one after the other. Wildcards are expanded, in the order of the names.
    /// </summary>
    [Parameter(Position = 1)]
    [FeatureFilesNeeded("queries", IsByName = true)]
    [SupportsWildcards]
    public string[] Query { get; set; } = [];

    /// <summary>The files of the gallery, in the same way.</summary>
    [Parameter(Position = 2)]
    [FeatureFilesNeeded("gallery", IsByName = true)]
    [SupportsWildcards]
    public string[] Gallery { get; set; } = [];

    /// <summary>The method: Diffusion, Gnn or Cosine.</summary>
    [Parameter]
    [MethodName]
    [ArgumentCompleter(typeof(ClusterMethodCompleter))]
    public string Method { get; set; } = MethodName.Default.ToString();

    /// <summary>How many gallery rows to keep for each query, best first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Top { get; set; } = 100;

    /// <summary>
    /// The share of the exact neighbours that the lists shall hold, above 0 and at most 1: of many rows, nearly
    /// all are found in a small part of the time. Without it the neighbours are exact.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Help = "none: exact neighbours")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public double? Recall { get; set; }

    /// <summary>What the clusters and samples of -Recall start from; the same seed gives the same ranking.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    /// <summary>
    /// Rows of a shard, at most: the features are cut in so many. Smaller ones make more and smaller items, which
    /// read more in all.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int ShardSize { get; set; } = 1_000_000;

    /// <summary>Queries that an item of the last stages scores.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [PSDefaultValue(Help = "what fits -MemoryPerTask")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? QueriesPerItem { get; set; }

    /// <summary>The most tasks of a stage at a time. They share its items.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Tasks { get; set; } = 16;

    /// <summary>Threads of a task, which Slurm is asked for. 0, the default, takes all that a task is given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int ThreadsPerTask { get; set; }

    /// <summary>Bytes of memory of a task, which Slurm is asked for: 64GB is a number in PowerShell.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    [PSDefaultValue(Help = "16GB")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public long MemoryPerTask { get; set; } = 16L << 30;

    /// <summary>
    /// Where exact neighbours are sought: Cpu, Auto, Cuda, OpenCL, or one of several as Cuda:1, on the machines of the
    /// cluster. All else is computed by processors.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = "Cpu";

    /// <summary>
    /// Refuse machines whose vector registers are not as wide as this one's. Results are the same bits on all;
    /// this is for who wants to see it so.
    /// </summary>
    [Parameter]
    public SwitchParameter SameProcessor { get; set; }

    /// <summary>
    /// The words that start the worker on the machines of the cluster, where .NET or the module lie elsewhere
    /// there: as /opt/dotnet/dotnet, /opt/gnnrerank/lib/GnnReRank.Worker.dll. It must be of the module's version.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the .NET of this process, and the worker that lies in the module")]
    public string[]? Worker { get; set; }

    private ReRankMethodInfo Info => MethodName.Find(Method)!;

    /// <summary>The parameters of the method given, or of the default.</summary>
    public object GetDynamicParameters() => _parameters = MethodParameters.Of(Info, hidesCameras: true);

    private protected override void Begin()
    {
        if (Recall is null && MyInvocation.BoundParameters.ContainsKey(nameof(Seed)))
        {
            throw Errors.SeedOfExactLists();
        }
    }

    private protected override void End()
    {
        MethodSettings settings = MethodParameters.Apply(Info, _parameters);
        Target = settings;
        settings.Validate();
        string path = SessionPaths.Literal(this, Path);
        Target = path;
        ClusterJobOptions options = s_usual with
        {
            Query = FilesOf(Query),
            Gallery = FilesOf(Gallery),
            Method = settings,
            Top = Top,
            Approximation = Recall is double recall
                ? new ApproximateSearchSettings { Recall = recall, Seed = Seed }
                : null,
            ShardSize = ShardSize,
            QueriesPerItem = QueriesPerItem,
            Tasks = Tasks,
            ThreadsPerTask = ThreadsPerTask,
            MemoryPerTask = MemoryPerTask,
            Device = Device,
            SameProcessor = SameProcessor,
            Worker = Worker,
        };
        string description = DisplayText.Of($"{Described(options)}, in '{path}'.");
        if (ShouldProcess(description, $"{description}?", MyInvocation.MyCommand.Name, out ShouldProcessReason reason))
        {
            ReRankClusterJob job = Run(_ => ReRankClusterJob.Create(path, options));
            WriteVerbose($"Planned {job}.");
            WriteObject(job);
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            WriteObject(Run(_ => ReRankClusterJob.Preview(path, options)));
        }
    }

    private string[] FilesOf(string[] paths) =>
        [.. paths.SelectMany(path => SessionPaths.Find(this, path, File.Exists, hasLiteralPath: false))];

    private static string Described(ClusterJobOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"Plan a cluster job: {options.Method}, {Counted(options.Query)} of queries, {Counted(options.Gallery)} of " +
        $"the gallery, shards of {options.ShardSize:N0} rows, {options.Tasks:N0} tasks at a time");

    private static string Counted(IReadOnlyList<string> files) =>
        files.Count == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{files.Count:N0} files");
}
