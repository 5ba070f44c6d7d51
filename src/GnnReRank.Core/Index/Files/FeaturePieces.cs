using System.Numerics.Tensors;
using GnnReRank.Indexing.State;
using GnnReRank.Storage;

namespace GnnReRank.Indexing.Files;

/// <summary>Writes the features of an index, a few rows at a time.</summary>
internal static class FeaturePieces
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Writes the rows that are there: as float16 where that loses nothing.</summary>
    public static void Write(SectionWriter writer, IndexRows rows)
    {
        rows.First.Storage.RequireUnchanged();
        bool areHalves = rows.First.ElementType == FeatureElementType.Float16 && (rows.Added is null || AreHalves(rows.Added.Storage));
        int slot = 0;
        while (slot < rows.SlotCount)
        {
            if (rows.Removed?[slot] == true)
            {
                slot++;
                continue;
            }

            bool isFirst = slot < rows.First.RowCount;
            FeatureStorage storage = isFirst ? rows.First.Storage : rows.Added!.Storage;
            int from = isFirst ? 0 : rows.First.RowCount;
            int most = Math.Clamp(PieceBytes / (sizeof(float) * rows.Dimension), 1, from + storage.RowCount - slot);
            int count = 1;
            while (count < most && rows.Removed?[slot + count] != true)
            {
                count++;
            }

            Write(writer, storage, slot - from, count, areHalves);
            slot += count;
        }
    }

    private static void Write(SectionWriter writer, FeatureStorage storage, int first, int count, bool areHalves)
    {
        if (storage.ElementType == FeatureElementType.Float16 && areHalves)
        {
            Half[] stored = new Half[count * storage.Dimension];
            storage.CopyBytes(
                (long)first * storage.Dimension * storage.ElementSize, System.Runtime.InteropServices.MemoryMarshal.AsBytes(stored.AsSpan()));
            writer.Append<Half>(SectionNames.Features, stored);
            return;
        }

        float[] values = new float[count * storage.Dimension];
        storage.CopyRows(first, count, values);
        if (areHalves)
        {
            Half[] halves = new Half[values.Length];
            TensorPrimitives.ConvertToHalf(values, halves);
            writer.Append<Half>(SectionNames.Features, halves);
        }
        else
        {
            writer.Append<float>(SectionNames.Features, values);
        }
    }

    /// <summary>Whether all values are those of float16: rows that came from there, and were widened.</summary>
    private static bool AreHalves(FeatureStorage storage)
    {
        float[] row = new float[storage.Dimension];
        Half[] halves = new Half[row.Length];
        float[] widened = new float[row.Length];
        for (int i = 0; i < storage.RowCount; i++)
        {
            storage.CopyRows(i, 1, row);
            TensorPrimitives.ConvertToHalf(row, halves);
            TensorPrimitives.ConvertToSingle(halves, widened);
            if (!row.AsSpan().SequenceEqual(widened))
            {
                return false;
            }
        }

        return true;
    }
}
