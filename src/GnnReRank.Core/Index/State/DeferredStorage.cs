using GnnReRank.Storage;

namespace GnnReRank.Indexing.State;

/// <summary>Values that are put together when somebody first asks for them: most who hold a ranking never do.</summary>
/// <param name="rowCount">The number of rows.</param>
/// <param name="dimension">The number of values a row.</param>
/// <param name="elementType">Their precision.</param>
/// <param name="make">Puts them together.</param>
internal sealed class DeferredStorage(
    int rowCount, int dimension, FeatureElementType elementType, Func<FeatureStorage> make)
    : FeatureStorage(rowCount, dimension, elementType)
{
    private readonly Lazy<FeatureStorage> _made = new(make);

    public override bool IsMemoryMapped => false;

    public override PinnedRows Pin() => _made.Value.Pin();

    public override ReadOnlySpan<float> Row(int row) => _made.Value.Row(row);

    public override ReadOnlySpan<float> Rows(int first, int count, Span<float> buffer) =>
        _made.Value.Rows(first, count, buffer);
}
