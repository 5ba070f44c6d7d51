using GnnReRank.Compute.Cpu.Messages;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>Where the matrices of the messages lie, and what their arrays are called.</summary>
internal static class MessageFolders
{
    /// <summary>A by columns, sorted by the shard that takes them.</summary>
    public const string Adjacency = "adjacency";

    /// <summary>State 0, with E.</summary>
    public const string Start = "start";

    /// <summary>1 / norm of the rows of the last layer.</summary>
    public const string Norms = "norms";

    /// <summary>The rows of a state.</summary>
    public const string State = "state";

    /// <summary>The rows of a state's transpose.</summary>
    public const string Columns = "columns";

    /// <summary>The rows of E.</summary>
    public const string Edges = "edges";

    /// <summary>1 / norm of the rows of a layer.</summary>
    public const string Scales = "scales";

    /// <summary>What a layer makes.</summary>
    public static string Layer(int layer) => FormattableString.Invariant($"layer{layer}");

    /// <summary>The same by columns, sorted by the shard that takes them.</summary>
    public static string Sent(int layer) => FormattableString.Invariant($"layer{layer}-sent");

    /// <summary>The transpose of what a layer makes.</summary>
    public static string Mirror(int layer) => FormattableString.Invariant($"mirror{layer}");

    /// <summary>What a layer makes, with its transpose added.</summary>
    public static string Both(int layer) => FormattableString.Invariant($"layer{layer}-both");

    /// <summary>Where the rows of a state lie.</summary>
    public static string StateOf(MessageSteps steps, int state) =>
        state == 0 ? Start : steps.AddsColumns(state) ? Both(state) : Layer(state);

    /// <summary>Where its transpose lies, if what follows takes it.</summary>
    public static string? ColumnsOf(MessageSteps steps, int state) =>
        !steps.HasColumns(state) || steps.AddsColumns(state) ? null : state == 0 ? Start : Mirror(state);
}
