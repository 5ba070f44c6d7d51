using System.Globalization;
using System.Text.Json;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>What one JSON object says of a query or of a gallery image.</summary>
internal sealed class JsonRunValues
{
    public string? QueryName { get; private set; }

    public long? QueryIndex { get; private set; }

    public long? QueryLabel { get; private set; }

    public string? GalleryName { get; private set; }

    public long? GalleryIndex { get; private set; }

    public long? GalleryLabel { get; private set; }

    public long? Rank { get; private set; }

    public double? Score { get; private set; }

    /// <summary>Whether the score was called a distance.</summary>
    public bool IsDistance { get; private set; }

    public void Clear()
    {
        QueryName = GalleryName = null;
        QueryIndex = QueryLabel = GalleryIndex = GalleryLabel = Rank = null;
        Score = null;
        IsDistance = false;
    }

    /// <summary>Takes a value; null leaves it unknown.</summary>
    /// <returns>Whether it is of the column's sort.</returns>
    public bool TryTake(RunColumn column, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        switch (column)
        {
            case RunColumn.QueryName: return TryText(ref reader, out string? query) && (QueryName = query) is not null;
            case RunColumn.GalleryName: return TryText(ref reader, out string? gallery) && (GalleryName = gallery) is not null;
            case RunColumn.QueryIndex: return (QueryIndex = Whole(ref reader)) is not null;
            case RunColumn.QueryLabel: return (QueryLabel = Whole(ref reader)) is not null;
            case RunColumn.GalleryIndex: return (GalleryIndex = Whole(ref reader)) is not null;
            case RunColumn.GalleryLabel: return (GalleryLabel = Whole(ref reader)) is not null;
            case RunColumn.Rank: return (Rank = Whole(ref reader)) is not null;
            case RunColumn.Score: return (Score = Number(ref reader)) is not null;
            default:
                IsDistance = Score is null;
                return (Score ??= Number(ref reader)) is not null;
        }
    }

    // Ids may be written as numbers.
    private static bool TryText(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.TokenType == JsonTokenType.String ? JsonText.Of(ref reader)
            : reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture)
            : null;
        return text is not null;
    }

    private static long? Whole(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long whole) ? whole : null;

    private static double? Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) ? number : null;
}
