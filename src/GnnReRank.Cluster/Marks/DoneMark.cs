namespace GnnReRank.Cluster.Marks;

/// <summary>Says that an item is done, and what it took.</summary>
/// <param name="Id">The job.</param>
/// <param name="Host">The machine.</param>
/// <param name="Seconds">Time.</param>
/// <param name="ProcessorSeconds">Processor time.</param>
/// <param name="PeakMemory">The most bytes that the process held so far.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
internal sealed record DoneMark(
    string Id, string Host, double Seconds, double ProcessorSeconds, long PeakMemory, int Attempt);
