namespace GnnReRank.Formats.Parquet;

/// <summary>The element types that are read from Parquet; physical and logical type together.</summary>
internal enum ParquetElement
{
    Other,
    Float,
    Double,
    Half,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Decimal32,
    Decimal64,
    Text,
    Boolean,
}
