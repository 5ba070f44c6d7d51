using GnnReRank.Formats.Parquet;
using ParquetSharp;

namespace GnnReRank.Formats.Rankings;

/// <summary>The columns of a ranking, made list by list as they are written: a full ranking has tens of millions of rows.</summary>
internal sealed class RankingColumns
{
    private readonly Ranking _ranking;
    private readonly CancellationToken _cancellation;
    private readonly ParquetTexts? _queryNames;
    private readonly ParquetTexts? _galleryNames;
    private readonly int[] _ranks;
    private readonly int[] _numbers;
    private readonly long[] _labels;
    private readonly ByteArray[] _names;

    /// <summary>Takes the first ranks of a ranking.</summary>
    public RankingColumns(Ranking ranking, int depth, CancellationToken cancellation)
    {
        _ranking = ranking;
        _cancellation = cancellation;
        Depth = depth;
        _queryNames = ranking.Query.HasNames ? new ParquetTexts(ranking.Query.NameSpan) : null;
        _galleryNames = ranking.Gallery.HasNames ? new ParquetTexts(ranking.Gallery.NameSpan) : null;
        _ranks = Enumerable.Range(1, depth).ToArray();
        _numbers = new int[depth];
        _labels = new long[depth];
        _names = new ByteArray[depth];
    }

    private delegate ReadOnlySpan<T> ListOf<T>(int query);

    /// <summary>Ranks a query.</summary>
    public int Depth { get; }

    public int QueryCount => _ranking.QueryCount;

    /// <summary>Writes all columns of one row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="first">The first query.</param>
    /// <param name="end">The query after the last.</param>
    public void Write(RowGroupWriter group, int first, int end)
    {
        WriteNext(group, first, end, query => Filled(_numbers, query));
        WriteNext<int>(group, first, end, _ => _ranks);
        WriteNext(group, first, end, query => _ranking.GetIndexSpan(query)[..Depth]);
        WriteNext(group, first, end, query => _ranking.GetScoreSpan(query)[..Depth]);
        if (_queryNames is not null)
        {
            WriteNext(group, first, end, query => Filled(_names, _queryNames.Rows[query]));
        }

        if (_ranking.Query.HasLabels)
        {
            WriteNext(group, first, end, query => Filled(_labels, _ranking.Query.LabelSpan[query]));
        }

        if (_galleryNames is not null)
        {
            WriteNext(group, first, end, query => Gathered(_names, _galleryNames.Rows, query));
        }

        if (_ranking.Gallery.HasLabels)
        {
            WriteNext(group, first, end, query => Gathered(_labels, _ranking.Gallery.LabelSpan, query));
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

    private static ReadOnlySpan<T> Filled<T>(T[] list, T value)
    {
        list.AsSpan().Fill(value);
        return list;
    }

    private ReadOnlySpan<T> Gathered<T>(T[] list, ReadOnlySpan<T> values, int query)
    {
        ReadOnlySpan<int> indices = _ranking.GetIndexSpan(query);
        for (int place = 0; place < list.Length; place++)
        {
            list[place] = values[indices[place]];
        }

        return list;
    }
}
