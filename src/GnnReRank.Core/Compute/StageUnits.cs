namespace GnnReRank.Compute;

/// <summary>What the stages of a call count.</summary>
internal static class StageUnits
{
    public const string Bytes = StageProgress.Bytes;
    public const string Rows = "rows";
    public const string Columns = "columns";
    public const string Queries = "queries";
    public const string Pictures = "pictures";
    public const string Steps = "steps";

    /// <summary>Pairs of rows, each once: work that grows with the square of the rows.</summary>
    public const string Pairs = "pairs";

    /// <summary>Squares of pairs that a device makes at once.</summary>
    public const string Tiles = "tiles";

    /// <summary>Each row once for each layer.</summary>
    public const string LayerRows = "layer rows";

    public const string Layers = "layers";
}
