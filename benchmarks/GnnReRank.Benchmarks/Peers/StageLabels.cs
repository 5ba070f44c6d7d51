namespace GnnReRank.Benchmarks;

/// <summary>What the stages are called by every program that is timed.</summary>
internal static class StageLabels
{
    public const string Neighbors = "kNN";
    public const string Sort = "sort";
    public const string Reciprocal = "whole job (k-reciprocal)";

    public static string Layers(GnnVariant variant) => $"layers ({variant})";

    public static string Scores(GnnVariant variant) => $"scores ({variant})";

    public static string ScoresAndSort(GnnVariant variant) => $"scores and sort ({variant})";

    public static string Whole(GnnVariant variant) => $"whole job ({variant})";
}
