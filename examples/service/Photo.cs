using Microsoft.Extensions.VectorData;

namespace GnnReRank.Service;

/// <summary>A record as a vector store keeps it.</summary>
/// <param name="Key">What the store knows it by.</param>
/// <param name="Label">What it shows.</param>
/// <param name="Vector">Its features.</param>
internal sealed record Photo(
    [property: VectorStoreKey] string Key,
    [property: VectorStoreData] long Label,
    [property: VectorStoreVector(64)] ReadOnlyMemory<float> Vector);
