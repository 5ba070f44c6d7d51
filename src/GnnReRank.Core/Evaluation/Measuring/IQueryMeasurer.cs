namespace GnnReRank.Evaluation.Measuring;

/// <summary>Measures queries, one after another, with the buffers of one thread.</summary>
internal interface IQueryMeasurer : IDisposable
{
    QueryOutcome Measure(int query);
}
