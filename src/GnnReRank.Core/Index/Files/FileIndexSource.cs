using System.Collections.ObjectModel;
using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Indexing.Methods;
using GnnReRank.Indexing.State;
using GnnReRank.Running;

namespace GnnReRank.Indexing.Files;

/// <summary>
/// An index in a file: what it is is known when it is opened, its rows and its lists when they are first used.
/// </summary>
internal sealed class FileIndexSource : IIndexSource
{
    private readonly IndexFile _file;
    private readonly IndexDescription _description;
    private readonly FeatureElementType _elementType;
    private readonly Lock _reading = new();
    private IndexRows? _rows;

    /// <param name="file">The open file.</param>
    /// <exception cref="GnnReRankException">Its parts do not fit each other.</exception>
    public FileIndexSource(IndexFile file)
    {
        _file = file;
        IndexDirectory directory = file.Directory;
        if (directory.RowCount is < 1 or > int.MaxValue || directory.Dimension is < 1 or > int.MaxValue ||
            directory.ListPlaces is < 1 or > int.MaxValue)
        {
            throw file.Broken(
                $"its {directory.RowCount:N0} rows x {directory.Dimension:N0} values with lists of " +
                $"{directory.ListPlaces:N0} can be no index");
        }

        _elementType = directory.Find(SectionNames.Features) is { ElementSize: sizeof(ushort) }
            ? FeatureElementType.Float16 : FeatureElementType.Float32;
        RequireFeatures();
        _file.RequireCount(_file.Section<int>(SectionNames.ListIndices), directory.RowCount * directory.ListPlaces);
        _description = ReadDescription();
        Method = MethodOf(_description.Settings);
    }

    public IndexMethod Method { get; }

    public int RowCount => (int)_file.Directory.RowCount;

    public int Dimension => (int)_file.Directory.Dimension;

    public GraphApproximation? Approximation => _description.Settings.Approximation;

    private int ListPlaces => (int)_file.Directory.ListPlaces;

    public IndexRows Rows(ComputeOptions options)
    {
        lock (_reading)
        {
            return _rows ??= new IndexRows(ReadGallery(options), added: null, removed: null);
        }
    }

    public IndexSnapshot Open(ComputeOptions options)
    {
        IndexRows rows = Rows(options);
        ((CheckedFeatures)rows.First.Storage).Check(options);
        NeighborGraph graph = ReadLists(options);
        FileState state = new(_file, options);
        ISingleScoring? scoring = Method.Recipe is null ? null : SingleScorings.Read(
            Method.Recipe, new GalleryLists(graph, rows.Count), state, MemoryBudget.OfMachine(), options);
        state.RequireAllKnown();
        return new IndexSnapshot(rows, graph, scoring, Version: 0);
    }

    private void RequireFeatures()
    {
        IndexSection features = _elementType == FeatureElementType.Float16
            ? _file.Section<Half>(SectionNames.Features) : _file.Section<float>(SectionNames.Features);
        _file.RequireCount(features, _file.Directory.RowCount * _file.Directory.Dimension);
        if (features.Offset % IndexLayout.PageBytes != 0)
        {
            throw _file.Broken(
                $"its section '{features.Name}' begins at byte {features.Offset:N0}, which is no multiple of " +
                $"{IndexLayout.PageBytes:N0}");
        }
    }

    private IndexDescription ReadDescription()
    {
        byte[] bytes = _file.Read<byte>(SectionNames.Description, count: null, ComputeOptions.Default);
        try
        {
            return IndexDescription.Read(bytes);
        }
        catch (GnnReRankException fault)
        {
            throw _file.Broken($"its section '{SectionNames.Description}' can be none: {fault.Message}", fault);
        }
    }

    private IndexMethod MethodOf(MethodSettings settings)
    {
        IndexMethod method;
        try
        {
            method = IndexMethod.OfDecided(IndexMethod.Checked(settings));
        }
        catch (GnnReRankException fault)
        {
            throw _file.Broken($"its section '{SectionNames.Description}' can be none: {fault.Message}", fault);
        }

        return method.NeighborCount <= ListPlaces
            ? method
            : throw _file.Broken(
                $"its lists have {ListPlaces:N0} places, and {settings} needs {method.NeighborCount:N0}");
    }

    private FeatureMatrix ReadGallery(ComputeOptions options)
    {
        _file.RequireUnchanged();
        float[] norms = _file.Read<float>(SectionNames.InverseNorms, RowCount, options);
        int odd = Array.FindIndex(norms, norm => !(norm >= 0));
        if (odd >= 0)
        {
            throw _file.Broken($"its section '{SectionNames.InverseNorms}' has {norms[odd]} for row {odd:N0}");
        }

        long[]? labels = _file.ReadOptional<long>(SectionNames.Labels, RowCount, options);
        IndexSection section = _file.Directory.Find(SectionNames.Features)!;
        CheckedFeatures features = new(_file, section, _file.Map(section, RowCount, Dimension, _elementType), norms);
        return FeatureMatrix.Adopt(
            features,
            labels,
            _file.ReadOptional<int>(SectionNames.Cameras, RowCount, options),
            IndexTexts.Read(_file, SectionNames.Names, RowCount, options),
            _description.Role,
            _description.Source,
            norms,
            ReadLabelNames(labels is not null, options));
    }

    private ReadOnlyDictionary<long, string>? ReadLabelNames(bool hasLabels, ComputeOptions options)
    {
        long[]? numbers = _file.ReadOptional<long>(SectionNames.LabelNumbers, count: null, options);
        string[]? texts = IndexTexts.Read(_file, SectionNames.LabelTexts, numbers?.Length ?? 0, options);
        if ((numbers is null) != (texts is null) || (numbers is not null && !hasLabels))
        {
            throw _file.Broken(
                $"its sections '{SectionNames.LabelNumbers}' and '{SectionNames.LabelTexts}' need each other, and " +
                "labels");
        }

        Dictionary<long, string> names = [];
        for (int place = 0; place < numbers?.Length; place++)
        {
            if (!names.TryAdd(numbers[place], texts![place]))
            {
                throw _file.Broken($"its section '{SectionNames.LabelNumbers}' has {numbers[place]} twice");
            }
        }

        return numbers is null ? null : names.AsReadOnly();
    }

    private NeighborGraph ReadLists(ComputeOptions options)
    {
        long count = (long)RowCount * ListPlaces;
        MemoryBudget.OfMachine().Require(
            count * (sizeof(int) + sizeof(float)), "IndexListsTooLarge", $"The lists of the index '{_file.Path}'",
            "Close other programs, or use a machine with more.");
        int[] indices = _file.Read<int>(SectionNames.ListIndices, count, options);
        float[] scores = _file.Read<float>(SectionNames.ListScores, count, options);
        try
        {
            ListChecks.Require(indices, scores, RowCount, ListPlaces, options);
        }
        catch (GnnReRankException fault)
        {
            throw _file.Broken($"its section '{SectionNames.ListIndices}' can hold no lists: {fault.Message}", fault);
        }

        return NeighborGraph.Adopt(indices, scores, RowCount, ListPlaces, null, null, _description.GraphSource)
            .WithApproximation(Approximation);
    }
}
