namespace GnnReRank;

/// <summary>The part a feature matrix plays in a retrieval job.</summary>
public enum FeatureRole
{
    /// <summary>No part given.</summary>
    None,

    /// <summary>The rows are queries: images to look for.</summary>
    Query,

    /// <summary>The rows are the gallery: images to search in.</summary>
    Gallery,
}
