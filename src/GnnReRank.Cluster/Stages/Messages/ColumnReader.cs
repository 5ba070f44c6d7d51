using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>
/// The columns that all shards wrote for one, as rows of the transposed matrix: shards follow each other as their vertices
/// do, so what they hold of a column, one after the other, is ascending.
/// </summary>
internal sealed unsafe class ColumnReader
{
    private readonly Source[] _sources;
    private int _next;

    /// <param name="context">The job.</param>
    /// <param name="folder">Where the columns lie.</param>
    /// <param name="shard">The shard whose they are.</param>
    public ColumnReader(StageContext context, string folder, int shard)
    {
        _next = context.Shards.StartOf(shard);
        _sources = [.. Enumerable.Range(0, context.Shards.Count).Select(
            other => new Source(context.Part(folder, other), shard, context.Shards.Count))];
    }

    /// <summary>Adds the rows of the next vertices to a block.</summary>
    public void Take(int count, SparseBlock rows)
    {
        for (int end = _next + count; _next < end; _next++)
        {
            int length = 0;
            foreach (Source source in _sources)
            {
                length += source.LengthOf(_next);
            }

            rows.Add(length, out int* indices, out float* values);
            foreach (Source source in _sources)
            {
                int taken = source.Take(_next, indices, values);
                indices += taken;
                values += taken;
            }
        }
    }

    /// <summary>What one shard wrote.</summary>
    private sealed class Source
    {
        private readonly int* _columns;
        private readonly int* _lengths;
        private readonly int* _rows;
        private readonly float* _values;
        private readonly long _end;
        private readonly long _lastEntry;
        private readonly string _path;
        private long _column;
        private long _entry;

        public Source(PartFile part, int shard, int shardCount)
        {
            _path = part.Path;
            long* cuts = part.Pointer<long>(ColumnWriter.Cuts, 2L * (shardCount + 1));
            long* entryCuts = cuts + shardCount + 1;
            _columns = part.Pointer<int>(ColumnWriter.Columns, cuts[shardCount]);
            _lengths = part.Pointer<int>(ColumnWriter.Lengths, cuts[shardCount]);
            _rows = part.Pointer<int>(ColumnWriter.Rows, entryCuts[shardCount]);
            _values = part.Has(ColumnWriter.Values)
                ? part.Pointer<float>(ColumnWriter.Values, entryCuts[shardCount])
                : null;
            (_column, _end) = (cuts[shard], cuts[shard + 1]);
            (_entry, _lastEntry) = (entryCuts[shard], entryCuts[shard + 1]);
        }

        public int LengthOf(int vertex) => _column < _end && _columns[_column] == vertex ? _lengths[_column] : 0;

        public int Take(int vertex, int* indices, float* values)
        {
            int length = LengthOf(vertex);
            if (length == 0)
            {
                return 0;
            }

            if (length < 0 || length > _lastEntry - _entry)
            {
                throw PartErrors.Broken(_path, $"its column {vertex} has {length:N0} rows");
            }

            new ReadOnlySpan<int>(_rows + _entry, length).CopyTo(new Span<int>(indices, length));
            Span<float> target = new(values, length);
            if (_values is null)
            {
                target.Fill(1f);
            }
            else
            {
                new ReadOnlySpan<float>(_values + _entry, length).CopyTo(target);
            }

            _column++;
            _entry += length;
            return length;
        }
    }
}
