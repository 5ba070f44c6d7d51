namespace GnnReRank;

/// <summary>Measures rankings by the field's protocols.</summary>
public static class RetrievalEvaluator
{
    /// <summary>Measures one ranking.</summary>
    /// <param name="ranking">The ranking; its matrices need labels, and cameras where the protocol asks for them.</param>
    /// <param name="settings">The protocol and its options; null takes the defaults.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">Labels or cameras are missing, or no query is valid.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RetrievalAccuracy Measure(Ranking ranking, EvaluationSettings? settings = null, ComputeOptions? options = null) =>
        throw new NotImplementedException();
}
