using GnnReRank.Cluster.Files;

namespace GnnReRank.Cluster.Stages.Walks;

/// <summary>The rows of W of one shard, checked: whoever reads them by pointers relies on it.</summary>
internal sealed unsafe class UnitedRows
{
    private UnitedRows(PartFile part, int rowCount)
    {
        Offsets = part.Pointer<long>(WalkParts.Offsets, rowCount + 1L);
        EntryCount = part.Count(WalkParts.Columns);
        Columns = part.Pointer<int>(WalkParts.Columns);
        Weights = part.Pointer<double>(WalkParts.Weights, EntryCount);
    }

    public long EntryCount { get; }

    /// <summary>Where each row begins, and the end.</summary>
    public long* Offsets { get; }

    public int* Columns { get; }

    public double* Weights { get; }

    /// <exception cref="GnnReRankException">The part is missing or broken.</exception>
    public static UnitedRows Of(StageContext context, int shard)
    {
        int count = context.Shards.SizeOf(shard);
        PartFile part = context.Part(WalkParts.RowsStage, shard);
        UnitedRows rows = new(part, count);
        bool isOrdered = rows.Offsets[0] == 0 && rows.Offsets[count] == rows.EntryCount;
        for (int row = 0; isOrdered && row < count; row++)
        {
            isOrdered = rows.Offsets[row + 1] >= rows.Offsets[row];
        }

        for (long entry = 0; isOrdered && entry < rows.EntryCount; entry++)
        {
            isOrdered = (uint)rows.Columns[entry] < (uint)context.Plan.VertexCount;
        }

        return isOrdered ? rows : throw PartErrors.Broken(part.Path, "its rows do not fit each other, or the job's");
    }
}
