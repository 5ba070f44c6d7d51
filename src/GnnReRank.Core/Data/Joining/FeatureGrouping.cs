namespace GnnReRank;

/// <summary>Which rows of a matrix are of one group.</summary>
public enum FeatureGrouping
{
    /// <summary>Those of one label, whatever the camera.</summary>
    Label,

    /// <summary>Those of one label and one camera: the multi-query setting of Market-1501, and tracklets.</summary>
    LabelAndCamera,

    /// <summary>Those of one name, as several crops of one image.</summary>
    Name,
}
