namespace GnnReRank;

/// <summary>The file formats of rankings.</summary>
public enum RankingFormat
{
    /// <summary>Apache Parquet, one row a (query, rank).</summary>
    Parquet,

    /// <summary>Comma-separated text, one row a (query, rank).</summary>
    Csv,

    /// <summary>JSON lines: one object a query.</summary>
    JsonLines,

    /// <summary>The run format of TREC: query Q0 document rank score tag.</summary>
    Trec,
}
