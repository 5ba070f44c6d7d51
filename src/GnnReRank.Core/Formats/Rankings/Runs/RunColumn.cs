namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>What a column of a run holds.</summary>
internal enum RunColumn
{
    QueryIndex,
    QueryName,
    QueryLabel,
    GalleryIndex,
    GalleryName,
    GalleryLabel,
    Rank,
    Score,
    Distance,
}
