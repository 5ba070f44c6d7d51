namespace GnnReRank.Formats.Pickle;

/// <summary>What a file of pickled data holds, with the file that tensors are still read from.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Root">The pickled object.</param>
/// <param name="Length">The bytes of all data: nothing that is read from it has more elements.</param>
/// <param name="Owner">What is held open, or null.</param>
internal sealed record PickledData(string Path, object? Root, long Length, IDisposable? Owner) : IDisposable
{
    /// <summary>Whether None among vectors, or in one, is a missing value and read as NaN.</summary>
    public bool TakesMissing { get; init; }

    /// <summary>Stops the work on it.</summary>
    public CancellationToken Cancellation { get; init; }

    public void Dispose() => Owner?.Dispose();
}
