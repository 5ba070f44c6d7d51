using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickled;

/// <summary>Labels, cameras and names that were gathered batch by batch beside lists of batches of features.</summary>
internal sealed class PickledBatches(PickledData data)
{
    // One for all: the same batch may be named under a thousand names.
    private readonly PickledRows _rows = new(data);

    /// <summary>Joins each list that has a list of as many values for every batch of some features.</summary>
    /// <param name="members">The members, of which lists are replaced.</param>
    /// <exception cref="GnnReRankException">More was looked at than the file holds.</exception>
    public void Join(Dictionary<string, object?> members)
    {
        foreach (object? features in members.Values.ToArray())
        {
            if (PickledArray.Unwrapped(features) is not IReadOnlyList<object?> { Count: > 0 } batches || IsFlat(batches[0]) || !_rows.AreBatches(batches))
            {
                continue;
            }

            foreach ((string name, object? value) in members.ToArray())
            {
                data.Cancellation.ThrowIfCancellationRequested();
                members[name] = Joined(batches, value) ?? value;
            }
        }
    }

    /// <summary>Lists of batches of features, labels, cameras, names: the first as it is, the others joined; null where they are no such lists.</summary>
    /// <exception cref="GnnReRankException">More was looked at than the file holds.</exception>
    public IReadOnlyList<object?>? Joined(IReadOnlyList<object?> parts)
    {
        if (parts[0] is not IReadOnlyList<object?> { Count: > 0 } batches || IsFlat(batches[0]) || !_rows.AreBatches(batches))
        {
            return null;
        }

        object?[] joined = [batches, .. parts.Skip(1).Select(part => Joined(batches, part))];
        return joined.Contains(null) ? null : joined;
    }

    private List<object?>? Joined(IReadOnlyList<object?> batches, object? value) =>
        PickledArray.Unwrapped(value) is IReadOnlyList<object?> lists && lists.Count == batches.Count
        && !lists.Where((list, batch) => LengthOf(list) != PickledRows.RowsOf(batches[batch])).Any()
            ? [.. lists.SelectMany(new PickledParts(data, _rows).Many)]
            : null;

    private static bool IsFlat(object? value) => LengthOf(value) is not null || value is null or string or bool or long or double;

    private static long? LengthOf(object? value) => value switch
    {
        PickledArray { Shape: [long length] } => length,
        TorchTensor { Shape: [long length] } => length,
        IReadOnlyList<object?> { Count: > 0 } list when list[0] is string or bool or long or double => list.Count,
        _ => null,
    };
}
