namespace GnnReRank.Running;

/// <summary>The stages a person sees in progress and log.</summary>
internal static class StageNames
{
    public const string Preparation = "Preparing the device";
    public const string Upload = "Copying to the device";
    public const string Neighbors = "Nearest neighbours";
    public const string ExactScores = "Nearest neighbours, exact scores";
    public const string Recall = "Recall of the lists";
    public const string Sample = "Nearest neighbours, sampled rows";
    public const string Clusters = "Clusters";
    public const string Messages = "Message passing";
    public const string Neighborhoods = "Neighbourhoods";
    public const string Lists = "Lists";
    public const string Expansion = "Expanded neighbourhoods";
    public const string Inverse = "Diffusion";
    public const string Edges = "Edges of the walk";
    public const string Mixing = "Refining rows";
    public const string Whitening = "Whitening cameras";
    public const string Heads = "Re-ranking heads";
    public const string SingleQueries = "Single queries";
    public const string RankingLists = "Ranking";
    public const string Merging = "Merging rankings";
    public const string Measuring = "Measuring";
    public const string Means = "Means of rows";
    public const string Covariance = "Covariance";
    public const string Components = "Principal components";
    public const string Transforming = "Transforming rows";
    public const string Trials = "Trying settings";
    public const string Pictures = "Pictures";
    public const string Checking = "Checking the file";
    public const string Writing = "Writing the file";
}
