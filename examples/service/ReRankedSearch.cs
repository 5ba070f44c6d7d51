using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace GnnReRank.Service;

/// <summary>
/// A store's search, re-ranked: takes more of the store's list than was asked for, and gives the best of it by the index. So the
/// store's own filters hold, and its callers change nothing.
/// </summary>
/// <param name="store">The store's collection.</param>
/// <param name="index">An index of the same records, whose names are the store's keys.</param>
internal sealed class ReRankedSearch(IVectorSearchable<Photo> store, ReRankIndex index) : IVectorSearchable<Photo>
{
    private const int Candidates = 300;

    public async IAsyncEnumerable<VectorSearchResult<Photo>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Photo>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        Dictionary<string, Photo> found = [];
        await foreach (VectorSearchResult<Photo> result in store.SearchAsync(
            searchValue, Math.Max(top, Candidates), options, cancellationToken))
        {
            found[result.Record.Key] = result.Record;
        }

        ReadOnlyMemory<float> query = (ReadOnlyMemory<float>)(object)searchValue;
        IndexSearchOptions search = new() { Top = top, Rows = new RowSelection { Names = [.. found.Keys] } };
        ComputeOptions compute = new() { ThrottleLimit = 1, CancellationToken = cancellationToken };
        IndexAnswer answer = index.Search(query.Span, search, compute);
        for (int rank = 1; rank <= answer.Count; rank++)
        {
            yield return new VectorSearchResult<Photo>(found[answer.GetName(rank)!], answer.Scores[rank - 1]);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => store.GetService(serviceType, serviceKey);
}
