using GnnReRank.Formats.Parquet;
using ParquetSharp;

namespace GnnReRank.Formats.Rankings;

/// <summary>The columns of a ranking, made list by list as they are written: a full ranking has tens of millions of rows.</summary>
internal sealed class RankingColumns
{
    private readonly WrittenLists _lists;
    private readonly CancellationToken _cancellation;
    private readonly ParquetTexts? _queryNames;
    private readonly ParquetTexts? _galleryNames;
    private readonly int _depth;
    private readonly int[] _ranks;
    private readonly int[] _numbers;
    private readonly long[] _labels;
    private readonly ByteArray[] _names;

    /// <summary>Takes the first ranks of some lists.</summary>
    public RankingColumns(WrittenLists lists, int depth, CancellationToken cancellation)
    {
        _lists = lists;
        _cancellation = cancellation;
        _depth = depth;
        _queryNames = lists.Query is { HasNames: true } ? new ParquetTexts(lists.Query.NameSpan) : null;
        _galleryNames = lists.Gallery is { HasNames: true } ? new ParquetTexts(lists.Gallery.NameSpan) : null;
        _ranks = Enumerable.Range(1, depth).ToArray();
        _numbers = new int[depth];
        _labels = new long[depth];
        _names = new ByteArray[depth];
    }

    private delegate ReadOnlySpan<T> ListOf<T>(int query);

    public int QueryCount => _lists.QueryCount;

    /// <summary>The ranks that are written of a query.</summary>
    public int LengthOf(int query) => Math.Min(_depth, _lists.Indices[query].Length);

    /// <summary>Writes all columns of one row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="first">The first query.</param>
    /// <param name="end">The query after the last.</param>
    public void Write(RowGroupWriter group, int first, int end)
    {
        WriteNext(group, first, end, query => Filled(_numbers, query, _lists.FirstQuery + query));
        WriteNext<int>(group, first, end, query => _ranks.AsSpan(0, LengthOf(query)));
        WriteNext<int>(group, first, end, query => _lists.Indices[query][..LengthOf(query)]);
        WriteNext<float>(group, first, end, query => _lists.Scores[query][..LengthOf(query)]);
        if (_queryNames is not null)
        {
            WriteNext(group, first, end, query => Filled(_names, query, _queryNames.Rows[query]));
        }

        if (_lists.Query is { HasLabels: true } queries)
        {
            WriteNext(group, first, end, query => Filled(_labels, query, queries.LabelSpan[query]));
        }

        if (_galleryNames is not null)
        {
            WriteNext(group, first, end, query => Gathered(_names, _galleryNames.Rows, query));
        }

        if (_lists.Gallery is { HasLabels: true } gallery)
        {
            WriteNext(group, first, end, query => Gathered(_labels, gallery.LabelSpan, query));
        }
    }

    private void WriteNext<T>(RowGroupWriter group, int first, int end, ListOf<T> listOf)
        where T : unmanaged
    {
        using ColumnWriter<T> column = (ColumnWriter<T>)group.NextColumn();
        for (int query = first; query < end; query++)
        {
            _cancellation.ThrowIfCancellationRequested();
            column.WriteBatch(listOf(query));
        }
    }

    private ReadOnlySpan<T> Filled<T>(T[] list, int query, T value)
    {
        Span<T> filled = list.AsSpan(0, LengthOf(query));
        filled.Fill(value);
        return filled;
    }

    private ReadOnlySpan<T> Gathered<T>(T[] list, ReadOnlySpan<T> values, int query)
    {
        ReadOnlySpan<int> indices = _lists.Indices[query][..LengthOf(query)];
        for (int place = 0; place < indices.Length; place++)
        {
            list[place] = values[indices[place]];
        }

        return list.AsSpan(0, indices.Length);
    }
}
