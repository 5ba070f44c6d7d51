namespace GnnReRank.Cluster.Marks;

/// <summary>
/// Says that an item was begun and did not end, or why it failed. It is written before the item runs, so that a process
/// that is killed leaves it.
/// </summary>
/// <param name="Id">The job.</param>
/// <param name="Host">The machine.</param>
/// <param name="Element">The element of the stage's array that ran it.</param>
/// <param name="Attempts">How often it was tried, this time included.</param>
/// <param name="IsPermanent">Whether another try would fail the same way.</param>
/// <param name="Message">Why; null where it was begun and has not ended.</param>
internal sealed record FailedMark(string Id, string Host, int Element, int Attempts, bool IsPermanent, string? Message);
