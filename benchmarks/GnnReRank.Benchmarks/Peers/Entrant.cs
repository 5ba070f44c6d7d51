namespace GnnReRank.Benchmarks;

/// <summary>A program that is timed on a job.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Stage">The last stage it times: where a table says that it could not be run.</param>
/// <param name="FileName">The program's file.</param>
/// <param name="Arguments">Its command line.</param>
/// <param name="Bytes">The memory it needs at least; 0 where that is no question.</param>
internal sealed record Entrant(string Name, string Stage, string FileName, IReadOnlyList<string> Arguments, long Bytes)
{
    /// <summary>The name of the engine called directly, which all others are compared with.</summary>
    public const string Engine = "GnnReRank";
}
