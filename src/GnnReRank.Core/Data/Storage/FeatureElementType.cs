namespace GnnReRank;

/// <summary>The precision in which a feature matrix keeps its values. All computing is done in float32, to which both widen exactly.</summary>
public enum FeatureElementType
{
    /// <summary>IEEE 754 single precision: 4 bytes a value, 24 significant bits.</summary>
    Float32,

    /// <summary>IEEE 754 half precision: 2 bytes a value, 11 significant bits, nothing past 65,504.</summary>
    Float16,
}
