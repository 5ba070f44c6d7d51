namespace GnnReRank;

/// <summary>Which gallery images count as good, and which are junk, removed before ranks are counted.</summary>
public enum EvaluationProtocol
{
    /// <summary>
    /// Good: same label, other camera. Junk: label -1, and same label from the same camera. Needs labels and cameras.
    /// The rule of Market-1501, DukeMTMC, MSMT17, CUHK03-NP and VeRi-776.
    /// </summary>
    Market1501,

    /// <summary>Good: same label. Junk: label -1. No camera rule.</summary>
    Label,
}
