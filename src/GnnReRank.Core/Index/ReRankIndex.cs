using System.Diagnostics;
using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Indexing.Growth;
using GnnReRank.Indexing.Methods;
using GnnReRank.Indexing.Searching;
using GnnReRank.Indexing.State;

namespace GnnReRank;

/// <summary>
/// A gallery made ready to re-rank one query at a time, and to grow: its features, its neighbour lists, and what the
/// method holds of them.
/// </summary>
/// <remarks>
/// <para>
/// Each query is ranked as if it were the only one (<see cref="QueryMode.Independent"/>), the same whatever else a call
/// holds.
/// </para>
/// <para>
/// Safe to share between threads: searches go on by the index as it was when they began while one thread at a time
/// changes it, and a change that fails or is cancelled leaves it as it was.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ReRankIndex
{
    private readonly IndexMethod _method;
    private readonly AddedRows _addedRows = new();
    private readonly Lock _writing = new();
    private readonly Lock _opening = new();
    private readonly IIndexSource? _source;
    private volatile IndexSnapshot? _snapshot;
    private volatile WantedRows? _wanted;

    internal ReRankIndex(IndexMethod method, IndexSnapshot snapshot) => (_method, _snapshot) = (method, snapshot);

    /// <summary>An index that is opened when it is first used.</summary>
    internal ReRankIndex(IndexMethod method, IIndexSource source) => (_method, _source) = (method, source);

    /// <summary>Refuses settings that no index can have, before any work is done for one.</summary>
    /// <param name="settings">The method and its parameters.</param>
    /// <exception cref="GnnReRankException">The method does not serve single queries, or a parameter is out of its range.</exception>
    public static void Require(MethodSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _ = IndexMethod.Checked(settings);
    }

    /// <summary>Builds an index: searches the neighbours of every gallery row, and makes the method ready for them.</summary>
    /// <param name="gallery">The gallery (n x d).</param>
    /// <param name="settings">
    /// The method and its parameters: those of Cosine, Diffusion or Gnn. What Gnn is to choose by itself is chosen from
    /// the gallery's lists, once. Null takes diffusion.
    /// </param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The method does not serve single queries, or the index does not fit memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ReRankIndex Build(FeatureMatrix gallery, MethodSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        options ??= ComputeOptions.Default;
        MethodSettings wanted = IndexMethod.Checked(settings ?? new DiffusionSettings());
        int width = Math.Min(IndexMethod.ListLengthFor(wanted), gallery.RowCount);
        NeighborGraph graph = wanted is CosineSettings
            ? ListWidth.Alone(gallery)
            : NeighborSearch.Build(null, gallery, width, options);
        return Build(graph, wanted, options);
    }

    /// <summary>Builds an index of lists that are there already, such as those of an approximate search.</summary>
    /// <param name="graph">
    /// The graph of a gallery alone, which it knows. What its lists have beyond the method's needs is a reserve for
    /// rows that are removed.
    /// </param>
    /// <param name="settings">The method and its parameters, as above.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">
    /// The graph is not of a gallery alone, or its lists are too short; or as above.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ReRankIndex Build(NeighborGraph graph, MethodSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        options ??= ComputeOptions.Default;
        FeatureMatrix gallery = IndexMethod.GalleryOf(graph);
        IndexMethod method = IndexMethod.Of(
            IndexMethod.Checked(settings ?? new DiffusionSettings()), graph, options);
        graph = ListWidth.AtLeast(graph, method.ListLength);
        IndexRows rows = new(gallery, added: null, removed: null);
        ISingleScoring? scoring = method.Prepare(new GalleryLists(graph, rows.Count), options);
        return new ReRankIndex(method, new IndexSnapshot(rows, graph.WithMatrices(null, null), scoring, Version: 0));
    }

    /// <summary>The method and its parameters, as every result names them.</summary>
    public MethodSettings Settings => _method.SettingsFor(Approximation);

    /// <summary>The gallery as it is now. Its values are put together when somebody asks for them.</summary>
    public FeatureMatrix Gallery => (_snapshot?.Rows ?? _source!.Rows(ComputeOptions.Default)).Gallery;

    /// <summary>The number of gallery rows.</summary>
    public int RowCount => _snapshot?.Rows.Count ?? _source!.RowCount;

    /// <summary>The number of values a row.</summary>
    public int Dimension => _snapshot?.Rows.Dimension ?? _source!.Dimension;

    /// <summary>How often the index has changed since it was built or read.</summary>
    public long Version => _snapshot?.Version ?? 0;

    /// <summary>How near to the exact neighbours its lists came when it was built; null where they are exact.</summary>
    public GraphApproximation? Approximation =>
        _snapshot is IndexSnapshot snapshot ? snapshot.Graph.Approximation : _source!.Approximation;

    /// <summary>Ranks the gallery for one query.</summary>
    /// <param name="query">The query's features, as many as <see cref="Dimension"/>.</param>
    /// <param name="search">What the list may hold; null lists all rows.</param>
    /// <param name="options">How the call runs; null takes all cores for the scan of the gallery.</param>
    /// <exception cref="GnnReRankException">The query does not fit the index, or no row passes the filter.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public IndexAnswer Search(
        ReadOnlySpan<float> query, IndexSearchOptions? search = null, ComputeOptions? options = null)
    {
        IndexSnapshot snapshot = Opened(options);
        FeatureMatrix matrix = new(query.ToArray(), 1, Math.Max(1, query.Length));
        IndexFit.RequireQueries(matrix, snapshot.Rows);
        (int[][] rows, float[][] scores) = IndexSearch.Run(
            snapshot, matrix, LimitsOf(snapshot, search), options ?? ComputeOptions.Default);
        return new IndexAnswer(snapshot.Rows.Gallery, snapshot.Version, rows[0], scores[0]);
    }

    /// <summary>Ranks the gallery for each query by itself.</summary>
    /// <param name="query">The queries.</param>
    /// <param name="search">What the lists may hold; null lists all rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>A ranking of the gallery as it was when the search began.</returns>
    /// <exception cref="GnnReRankException">The queries do not fit the index, or no row passes the filter.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Ranking Search(FeatureMatrix query, IndexSearchOptions? search = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        IndexSnapshot snapshot = Opened(options);
        IndexFit.RequireQueries(query, snapshot.Rows);
        SearchLimits limits = LimitsOf(snapshot, search);
        (int[][] rows, float[][] scores) = IndexSearch.Run(snapshot, query, limits, options ?? ComputeOptions.Default);
        return new Ranking(
            query, snapshot.Rows.Gallery, new RaggedRows<int>(rows), new RaggedRows<float>(scores),
            _method.SettingsFor(snapshot.Graph.Approximation));
    }

    /// <summary>
    /// Adds rows at the end: the index is then what building it of all rows would give, for Gnn's and diffusion's
    /// parameters as they are.
    /// </summary>
    /// <param name="rows">The rows, with labels, cameras and names where the gallery has them.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The rows do not fit the index; it is as it was.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the index is as it was.</exception>
    public void Add(FeatureMatrix rows, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (_writing)
        {
            IndexSnapshot before = Opened(options);
            IndexFit.RequireNewRows(rows, before.Rows);
            FeatureMatrix added = _addedRows.Append(before.Rows, rows);
            int firstNew = before.Rows.SlotCount;
            bool[]? removed = before.Rows.Removed is null ? null : [.. before.Rows.Removed, .. new bool[rows.RowCount]];
            IndexRows all = new(before.Rows.First, added, removed);
            Change(before, all, edits => IndexGrowth.Add(all, edits, firstNew, options ?? ComputeOptions.Default), options);
        }
    }

    /// <summary>
    /// Removes rows: the index is then what building it of the others would give. The rows behind move up; the removed
    /// ones' room comes back when the index is written to a file and read.
    /// </summary>
    /// <param name="rows">0-based rows of the gallery, in any order.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">A row is not there, or none would be left; the index is as it was.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the index is as it was.</exception>
    public void Remove(IReadOnlyCollection<int> rows, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (_writing)
        {
            IndexSnapshot before = Opened(options);
            RemovalChecks.Require(rows, before.Rows.Count);
            if (rows.Count == 0)
            {
                return;
            }

            int[] slots = [.. rows.Distinct().Select(before.Rows.SlotOf).Order()];
            bool[] removed = before.Rows.Removed is null ? new bool[before.Rows.SlotCount] : [.. before.Rows.Removed];
            foreach (int slot in slots)
            {
                removed[slot] = true;
            }

            IndexRows left = new(before.Rows.First, before.Rows.Added, removed);
            Change(
                before, left, edits => IndexGrowth.Remove(
                    left, edits, slots, _method.NeighborCount, options ?? ComputeOptions.Default), options);
        }
    }

    /// <summary>Removes the rows that a filter takes of the gallery as it is then, as above.</summary>
    /// <param name="rows">The filter.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="GnnReRankException">No row passes the filter, or none would be left; the index is as it was.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the index is as it was.</exception>
    public int Remove(RowSelection rows, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (_writing)
        {
            int[] taken = new WantedRows(rows, Opened(options)).Rows;
            Remove(taken, options);
            return taken.Length;
        }
    }

    /// <summary>A line for people: method and sizes.</summary>
    public override string ToString() => $"{Settings}: index of {RowCount:N0} gallery rows x {Dimension:N0}";

    /// <summary>The index as it is now; where it was not used yet, it is opened.</summary>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">What it is made of is not as it was written.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the index is as it was.</exception>
    internal IndexSnapshot Opened(ComputeOptions? options)
    {
        if (_snapshot is IndexSnapshot opened)
        {
            return opened;
        }

        lock (_opening)
        {
            return _snapshot ??= _source!.Open(options ?? ComputeOptions.Default);
        }
    }

    /// <summary>The same, for callers who have no options.</summary>
    internal IndexSnapshot Snapshot => Opened(options: null);

    internal IndexMethod Method => _method;

    private void Change(IndexSnapshot before, IndexRows rows, Action<ListEdits> edit, ComputeOptions? options)
    {
        rows.First.Storage.RequireUnchanged();
        ListEdits edits = new(before.Graph, rows.SlotCount, _method.NeighborCount);
        edit(edits);
        NeighborGraph graph = edits.ToGraph(before.Graph);
        ISingleScoring? scoring = before.Scoring?.After(
            new GalleryLists(graph, rows.Count), edits.Changed, options ?? ComputeOptions.Default);
        _snapshot = new IndexSnapshot(rows, graph, scoring, before.Version + 1);
    }

    private SearchLimits LimitsOf(IndexSnapshot snapshot, IndexSearchOptions? search)
    {
        if (search?.MinimumScore is float.NaN)
        {
            throw new GnnReRankException(
                "InvalidMinimumScore", ErrorKind.InvalidArgument,
                "MinimumScore is NaN, which no score can be compared with: give a number, or leave it out to list any.");
        }

        _ = RankingDepth.Of(search?.Top, snapshot.Rows.First);
        int[]? wanted = null;
        if (search?.Rows is RowSelection selection)
        {
            // One filter usually serves many searches.
            WantedRows? known = _wanted;
            known = known?.Fits(selection, snapshot) == true ? known : new WantedRows(selection, snapshot);
            _wanted = known;
            wanted = known.Rows;
        }

        return new SearchLimits(search?.Top, search?.MinimumScore, wanted);
    }
}
