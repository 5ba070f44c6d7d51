using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Indexing.Files;

/// <summary>
/// Features that stay in an index file, and are checked once before anybody sees one: the blocks' checksums, and that
/// the rows' norms are those that were stored, so that every value is finite.
/// </summary>
internal sealed unsafe class CheckedFeatures : FeatureStorage
{
    private readonly IndexFile _file;
    private readonly IndexSection _section;
    private readonly MappedStorage _mapped;
    private readonly float[] _inverseNorms;
    private readonly Lock _checking = new();
    private volatile bool _isChecked;

    /// <param name="file">The file, which stays open.</param>
    /// <param name="section">Its features.</param>
    /// <param name="mapped">Their values.</param>
    /// <param name="inverseNorms">The norms that were stored with them.</param>
    public CheckedFeatures(IndexFile file, IndexSection section, MappedStorage mapped, float[] inverseNorms)
        : base(mapped.RowCount, mapped.Dimension, mapped.ElementType) =>
        (_file, _section, _mapped, _inverseNorms) = (file, section, mapped, inverseNorms);

    public override bool IsMemoryMapped => true;

    public override void RequireUnchanged()
    {
        _file.RequireUnchanged();
        Check(ComputeOptions.Default);
    }

    public override PinnedRows Pin()
    {
        Check(ComputeOptions.Default);
        _file.RequireLength();
        return _mapped.Pin();
    }

    /// <summary>Checks the values, where nobody did so before.</summary>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">They are not as they were written.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Check(ComputeOptions options)
    {
        if (_isChecked)
        {
            return;
        }

        lock (_checking)
        {
            if (!_isChecked)
            {
                _file.RequireUnchanged();
                CheckBlocks(options);
                _isChecked = true;
            }
        }
    }

    private void CheckBlocks(ComputeOptions options)
    {
        StageReporter reporter = new(StageNames.Checking, _section.Length, StageUnits.Bytes, options);
        using PinnedRows rows = _mapped.Pin();
        long rowBytes = (long)Dimension * ElementSize;
        Workers.ForRanges(options.ThreadCount, _section.BlockCount, 1, (block, _) =>
        {
            long first = (long)block * IndexLayout.BlockBytes;
            int length = (int)Math.Min(IndexLayout.BlockBytes, _section.Length - first);
            _file.Check(_section, block, new ReadOnlySpan<byte>(rows.Bytes + first, length));

            // Each row is the block's in which it begins.
            CheckNorms(CeilingOf(first, rowBytes), CeilingOf(first + length, rowBytes));
            reporter.Advance(length);
        });
        reporter.Complete(FormattableString.Invariant($"{RowCount:N0} x {Dimension:N0} features"));
    }

    private static int CeilingOf(long bytes, long rowBytes) => (int)((bytes + rowBytes - 1) / rowBytes);

    private void CheckNorms(int first, int end)
    {
        float[] found = new float[end - first];
        RowNorms.InverseOf(_mapped, first, found);
        for (int row = first; row < end; row++)
        {
            if (BitConverter.SingleToInt32Bits(found[row - first]) != BitConverter.SingleToInt32Bits(_inverseNorms[row]))
            {
                throw _file.Broken($"its feature row {row:N0} has the inverse norm {found[row - first]}, and {_inverseNorms[row]} was stored");
            }
        }
    }
}
