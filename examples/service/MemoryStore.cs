using System.Numerics.Tensors;
using Microsoft.Extensions.VectorData;

namespace GnnReRank.Service;

/// <summary>Stands for a vector store: ranks its records by their cosine with the query.</summary>
internal sealed class MemoryStore(IReadOnlyList<Photo> photos) : IVectorSearchable<Photo>
{
    public IAsyncEnumerable<VectorSearchResult<Photo>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Photo>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ReadOnlyMemory<float> query = (ReadOnlyMemory<float>)(object)searchValue;
        return photos
            .Select(photo => new VectorSearchResult<Photo>(photo, TensorPrimitives.CosineSimilarity(query.Span, photo.Vector.Span)))
            .OrderByDescending(result => result.Score)
            .Take(top)
            .ToAsyncEnumerable();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
}
