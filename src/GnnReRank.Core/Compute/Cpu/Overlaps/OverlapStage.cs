using System.Diagnostics;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>Everything up to the comparison of two descriptions: members, weights, means, and the inverted index of the gallery.</summary>
internal sealed class OverlapStage
{
    private const string Advice =
        "Descriptions grow with the neighbours they are made of and averaged over: use smaller k1 or k2.";

    private readonly GraphLists _lists;
    private readonly OverlapRecipe _recipe;
    private readonly MemoryBudget _budget;
    private readonly ComputeOptions _options;
    private readonly NeighborGraph _anyLists;
    private readonly ListStretch[] _averaged;
    private readonly StageReporter _reporter;

    private OverlapStage(GraphLists lists, OverlapRecipe recipe, MemoryBudget budget, ComputeOptions options)
    {
        (_lists, _recipe, _budget, _options) = (lists, recipe, budget, options);
        _anyLists = lists.OwnCamera ?? lists.Graph;
        _averaged = Averaged();
        _reporter = new StageReporter(
            StageNames.Neighborhoods, (AveragesItselfAlone ? 1L : 2L) * _anyLists.VertexCount, StageUnits.Rows, options);
    }

    private bool AveragesItselfAlone => _averaged.Sum(stretch => (long)stretch.Count) == 1;

    /// <summary>Runs the stage.</summary>
    /// <exception cref="GnnReRankException">The rows outgrow the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static OverlapScoring Run(GraphLists lists, OverlapRecipe recipe, MemoryBudget budget, ComputeOptions options) =>
        new OverlapStage(lists, recipe, budget, options).Run();

    private OverlapScoring Run()
    {
        int queryCount = _anyLists.Query!.RowCount;
        RowDistances distances = new(_lists.LeastCosines!);
        SparseRows rows = Described(distances);
        try
        {
            SparseRows columns = GalleryColumns(rows, queryCount);
            _reporter.Complete(FormattableString.Invariant(
                $"{rows.Count:N0} vertices, {(double)rows.EntryCount / rows.Count:N0} entries a row"));
            return new OverlapScoring(rows, columns, distances, queryCount, _recipe.CosineShare);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    private SparseRows Described(RowDistances distances)
    {
        using VertexRows features = new(_anyLists.Query, _anyLists.Gallery!);
        SparseRows plain = NeighborhoodRows.Build(
            features, FinderMaker(), distances, Storage("The description of rows by their neighbours"), _reporter, _options);
        if (AveragesItselfAlone)
        {
            return plain;
        }

        using (plain)
        {
            return AveragedRows.Of(plain, _averaged, Storage("The averaged description of rows"), _reporter, _options);
        }
    }

    private ListStretch[] Averaged() => _recipe switch
    {
        ReciprocalOverlapRecipe reciprocal => [new(_lists.Graph, 0, reciprocal.Averaged)],
        NearestOverlapRecipe nearest => [new(_lists.Graph, 0, nearest.Averaged)],
        CameraOverlapRecipe camera =>
        [
            new(_lists.OwnCamera!, 0, camera.OwnAveraged),
            new(_lists.OtherCameras!, 1, camera.OtherAveraged),
        ],
        _ => throw new UnreachableException(_recipe.ToString()),
    };

    private Func<IMemberFinder> FinderMaker()
    {
        switch (_recipe)
        {
            case ReciprocalOverlapRecipe reciprocal:
                ListStretch nearest = new(_lists.Graph, 0, reciprocal.Nearest);
                ReciprocalSets smaller = ReciprocalSets.Of(nearest with { Count = reciprocal.Closest }, _options);
                return () => new ReciprocalMembers(nearest, smaller);
            case NearestOverlapRecipe plain:
                return () => new NearestMembers(new ListStretch(_lists.Graph, 0, plain.Members));
            case CameraOverlapRecipe camera:
                return () => new CameraMembers(
                    new ListStretch(_lists.OwnCamera!, 0, camera.OwnNearest), new ListStretch(_lists.OtherCameras!, 1, camera.OtherNearest));
            default:
                throw new UnreachableException(_recipe.ToString());
        }
    }

    private unsafe SparseRows GalleryColumns(SparseRows rows, int queryCount)
    {
        using SparseRows gallery = new(rows.Count, Storage("The gallery's rows"));
        for (int vertex = queryCount; vertex < rows.Count; vertex++)
        {
            gallery.SetRow(vertex, rows.Indices(vertex), rows.Values(vertex), rows.Length(vertex));
        }

        return SparseTranspose.Of(gallery, Storage("The inverted index of the gallery"), _options);
    }

    private SparseStorage Storage(string what) => new(_budget, what, _anyLists.VertexCount, "NeighborhoodsTooLarge", Advice);
}
