using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>The packed gallery, made when the first thread asks for it: often none does.</summary>
internal sealed class PackedGallery(Func<PackedRows<float>> pack) : IDisposable
{
    private readonly Lazy<PackedRows<float>> _rows = new(pack);

    /// <exception cref="GnnReRankException">The copy does not fit memory.</exception>
    public PackedRows<float> Rows => _rows.Value;

    public void Dispose()
    {
        if (_rows.IsValueCreated)
        {
            _rows.Value.Dispose();
        }
    }
}
