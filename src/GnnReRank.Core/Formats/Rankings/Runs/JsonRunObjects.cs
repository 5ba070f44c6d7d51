using System.Text.Json;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>
/// Takes the tokens of a run's JSON objects one by one: an object a query with its images in "results", or an object a (query, image).
/// What a query is called may stand before its results or behind them.
/// </summary>
internal sealed class JsonRunObjects
{
    private const string ResultsName = "results";

    // A query's object lies at depth 0, its properties at 1, the results at 2, and their properties at 3.
    private const int PropertyDepth = 1;
    private const int ResultDepth = 2;
    private const int ResultPropertyDepth = 3;

    // Names of properties that are remembered; a run has eight.
    private const int MostNames = 64;

    private readonly RunSource _source;
    private readonly RunBuilder _builder;
    private readonly RankingScoreKind? _kind;
    private readonly JsonRunValues _query = new();
    private readonly JsonRunValues _result = new();
    private readonly List<(int Gallery, double? Score, long? Rank)> _results = [];
    private readonly Dictionary<string, RunColumn?> _columns = [];
    private long _number;
    private RunColumn? _column;
    private bool _isResults;
    private bool _hasResults;
    private int _skippedDepth = -1;

    /// <param name="source">The run.</param>
    /// <param name="builder">Takes the entries.</param>
    /// <param name="kind">What the numbers were said to be.</param>
    public JsonRunObjects(RunSource source, RunBuilder builder, RankingScoreKind? kind)
    {
        _source = source;
        _builder = builder;
        _kind = kind;
    }

    /// <exception cref="GnnReRankException">The token is none of a run.</exception>
    public void Take(ref Utf8JsonReader reader)
    {
        if (_skippedDepth >= 0)
        {
            _skippedDepth = reader.CurrentDepth == _skippedDepth ? -1 : _skippedDepth;
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Start(reader.TokenType, reader.CurrentDepth);
                break;
            case JsonTokenType.PropertyName:
                StartProperty(ref reader);
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == ResultDepth:
                AddResult(_result);
                break;
            case JsonTokenType.EndObject:
                EndQuery();
                break;
            case JsonTokenType.EndArray:
                _isResults = false;
                break;
            default:
                TakeValue(ref reader);
                break;
        }
    }

    private void Start(JsonTokenType token, int depth)
    {
        switch (depth)
        {
            case 0 when token == JsonTokenType.StartObject:
                _number++;
                _query.Clear();
                _results.Clear();
                _hasResults = false;
                break;
            case PropertyDepth when _isResults && token == JsonTokenType.StartArray:
                _hasResults = true;
                break;
            case ResultDepth when token == JsonTokenType.StartObject:
                _result.Clear();
                break;
            case PropertyDepth when !_isResults:
            case ResultPropertyDepth:
                _skippedDepth = depth;
                break;
            default:
                throw Malformed();
        }
    }

    private void StartProperty(ref Utf8JsonReader reader)
    {
        string name = JsonText.Of(ref reader);
        _isResults = reader.CurrentDepth == ResultPropertyDepth || name.Equals(ResultsName, StringComparison.OrdinalIgnoreCase);
        if (!_columns.TryGetValue(name, out _column))
        {
            _column = RunColumns.Of(name);
            if (_columns.Count < MostNames)
            {
                _columns.Add(name, _column);
            }
        }
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        bool isOfResult = reader.CurrentDepth == ResultPropertyDepth;
        if (!isOfResult && (reader.CurrentDepth != PropertyDepth || _isResults))
        {
            throw Malformed();
        }

        if (_column is RunColumn column && !(isOfResult ? _result : _query).TryTake(column, ref reader))
        {
            string expected = column is RunColumn.QueryName or RunColumn.GalleryName ? "text" : column is RunColumn.Score or RunColumn.Distance ? "a number" : "a whole number";
            throw _source.Error("BadField", _number, $"has a {column} that is not {expected}.");
        }
    }

    private void AddResult(JsonRunValues result)
    {
        if (result.IsDistance)
        {
            RunColumns.RequireKind(_source.Path, "property 'distance'", _kind);
        }

        int gallery = _builder.FindGallery(result.GalleryName, result.GalleryIndex, result.GalleryLabel, _number);
        if (gallery != RunSide.Unknown)
        {
            _results.Add((gallery, result.Score, result.Rank));
            if (_results.Count > _builder.GalleryCount)
            {
                throw _source.Error("RunImageTwice", _number, $"has more than {_builder.GalleryCount:N0} images, as many as the gallery matrix has rows: one stands twice.");
            }
        }
    }

    private void EndQuery()
    {
        bool isResultItself = _query.GalleryName is not null || _query.GalleryIndex is not null;
        if (_hasResults == isResultItself)
        {
            throw Malformed();
        }

        int query = _builder.FindQuery(_query.QueryName, _query.QueryIndex, _query.QueryLabel, _number);
        if (query == RunSide.Unknown)
        {
            return;
        }

        if (isResultItself)
        {
            AddResult(_query);
        }

        foreach ((int gallery, double? score, long? rank) in _results)
        {
            _builder.Add(query, gallery, score, rank, _number);
        }
    }

    private GnnReRankException Malformed() => _source.Error(
        "RunObjectUnusable", _number, "is no query of a run: {\"query_name\": ..., \"results\": [{\"rank\": 1, \"gallery_name\": ..., \"score\": 0.5}, ...]} is expected.");
}
