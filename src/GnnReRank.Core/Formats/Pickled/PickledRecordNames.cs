using System.Globalization;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Pickled;

/// <summary>
/// What the parts of records mean: by their names in dictionaries, by their places in tuples, where the order of torchreid, (features,
/// label, camera), settles which of two numbers is which. A part keeps its own name or place, so that it can be asked for.
/// </summary>
internal sealed class PickledRecordNames
{
    private const string FeaturesName = "features";
    private const string LabelsName = "labels";
    private const string CamerasName = "cameras";
    private const string NamesName = "names";

    private readonly PickledField[] _parts;
    private readonly bool _isBatch;
    private readonly string _prefix;
    private readonly FeatureReadOptions _options;
    private readonly List<(string Name, object Key)> _byPlace = [];

    public PickledRecordNames(PickledField[] parts, bool isBatch, string prefix, FeatureReadOptions options)
    {
        _parts = parts;
        _isBatch = isBatch;
        _prefix = prefix;
        _options = options;
        Features = FindFeatures();
    }

    /// <summary>The key of the features; null where there are none, or several and no name decides.</summary>
    public object? Features { get; }

    private bool HavePlaces => _parts[0].Key is int;

    public bool IsColumn(PickledPart part) => part != PickledPart.Other && (_isBatch || part is not (PickledPart.Matrix or PickledPart.Texts));

    /// <summary>The names of columns, with the keys of the parts that they are made of.</summary>
    public IReadOnlyList<(string Name, object Key)> Columns()
    {
        List<(string Name, object Key)> columns = [(FeaturesName, Features!)];

        // A path that is called an identity would be taken for a label as well.
        string? ownName = null;
        if (HavePlaces)
        {
            TakeByPlace();
            columns.AddRange(_byPlace);
        }
        else if (Texts().FirstOrDefault(IsName) is string name)
        {
            columns.Add((NamesName, name));
            ownName = IsUsual(UsualNames.Labels, name) ? name : null;
        }

        columns.AddRange(_parts.Where(part => IsColumn(part.Part) && !part.Key.Equals(ownName)).Select(part => (TextOf(part.Key), part.Key)));
        return columns;
    }

    /// <summary>What to say where places do not settle what is what; null where they do.</summary>
    /// <param name="columns">The columns as they were made.</param>
    /// <param name="cancellation">Stops the look at them.</param>
    public string? Doubt(Dictionary<string, object?> columns, CancellationToken cancellation)
    {
        bool takesNumbers = _options.LabelColumn is null || _options.CameraColumn is null;
        bool takesTexts = _options.LabelColumn is null || _options.NameColumn is null;
        object[] left = [.. _parts.Where(part => (takesNumbers && IsNumber(part.Part)) || (takesTexts && IsText(part.Part))).Select(part => part.Key)
            .Where(key => !key.Equals(Features) && !IsNamed(key) && !_byPlace.Exists(taken => taken.Key.Equals(key)))];
        if (!HavePlaces || _options.ExplicitOnly)
        {
            return null;
        }

        bool areTwoNumbers = _byPlace.Exists(taken => taken.Name == LabelsName) && _byPlace.Exists(taken => taken.Name == CamerasName);
        (string Name, object Key)[] names = [.. _byPlace.Where(taken => taken.Name == NamesName)];
        bool isTorchreid = Features is 0 && _parts.Length == 3;
        bool isDoubtful = left.Length > 0
            || (areTwoNumbers && (!isTorchreid || Distinct(columns, LabelsName, cancellation) < Distinct(columns, CamerasName, cancellation)))
            || (names.Length > 0 && !IsPath(FirstOf(names[0].Key)));
        string taken = string.Join(", ", new[] { (Name: FeaturesName, Key: Features! ) }.Concat(_byPlace).Select(each => $"item {each.Key} as {each.Name}"));
        string rest = left.Length == 0 ? string.Empty : $" Left out: item {string.Join(", item ", left)}.";
        return !isDoubtful ? null
            : $"the parts of its records have no names, so they were taken by their places, counted from 0: {taken}.{rest} " +
            "If that is wrong, say which is which with -LabelColumn, -CameraColumn and -NameColumn and the number of the item, or say -ExplicitOnly.";
    }

    // Where several parts could be the features, the name decides.
    private object? FindFeatures()
    {
        object[] found = [.. _parts.Where(part => part.Part == (_isBatch ? PickledPart.Matrix : PickledPart.Vector)).Select(part => part.Key)];
        if (_options.FeatureColumns is [string named] && found.FirstOrDefault(key => Is(named, key)) is object given)
        {
            return given;
        }

        // A dictionary with nothing but one vector is one of names, with a single image.
        bool isOne = found.Length == 1 && _parts.Length > 1;
        return isOne ? found[0] : found.FirstOrDefault(key => key is string name && IsUsual(UsualNames.Features, name));
    }

    private void TakeByPlace()
    {
        Queue<string> numbers = new([.. _options.LabelColumn is null ? [LabelsName] : Array.Empty<string>(), .. _options.CameraColumn is null ? [CamerasName] : Array.Empty<string>()]);
        Queue<string> texts = new(_options.NameColumn is null ? [NamesName] : []);
        foreach ((object key, PickledPart part, _) in _parts.Where(part => !part.Key.Equals(Features) && !IsNamed(part.Key)))
        {
            if ((IsNumber(part) && numbers.TryDequeue(out string? name)) || (IsText(part) && texts.TryDequeue(out name)))
            {
                _byPlace.Add((name, key));
            }
        }
    }

    private IEnumerable<string> Texts() => _parts.Where(part => IsText(part.Part) && !IsNamed(part.Key)).Select(part => (string)part.Key);

    // Of several texts one has a usual name. An identity that is a text is a path, as DeepFace writes it.
    private bool IsName(string key)
    {
        string[] texts = [.. Texts()];
        string? usual = Array.Find(texts, text => IsUsual(UsualNames.Names, text)) ?? Array.Find(texts, text => text == "identity" && IsPath(FirstOf(text)));
        return usual is not null ? key == usual
            : texts.Length == 1 && IsPath(FirstOf(key)) && !IsUsual(UsualNames.Labels, key) && !IsUsual(UsualNames.Cameras, key);
    }

    private object? FirstOf(object key) => _parts.First(part => part.Key.Equals(key)).First;

    private bool IsNumber(PickledPart part) => part == PickledPart.Number || (_isBatch && part == PickledPart.Vector);

    private bool IsText(PickledPart part) => part == PickledPart.Text || (_isBatch && part == PickledPart.Texts);

    /// <summary>Whether a parameter names the part.</summary>
    private bool IsNamed(object key) => new[] { _options.LabelColumn, _options.CameraColumn, _options.NameColumn }.Any(given => given is not null && Is(given, key));

    private bool Is(string given, object key) => given.Equals(_prefix + TextOf(key), StringComparison.OrdinalIgnoreCase);

    private int Distinct(Dictionary<string, object?> columns, string name, CancellationToken cancellation)
    {
        HashSet<object> distinct = [];
        foreach (object? value in columns.GetValueOrDefault(_prefix + name) as IReadOnlyList<object?> ?? [])
        {
            cancellation.ThrowIfCancellationRequested();
            distinct.Add(value ?? string.Empty);
        }

        return distinct.Count;
    }

    private static bool IsPath(object? value) => value switch
    {
        string text => text.AsSpan().IndexOfAny('/', '\\', '.') >= 0,
        IReadOnlyList<object?> { Count: > 0 } texts => IsPath(texts[0]),
        _ => true,
    };

    private static string TextOf(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;

    private static bool IsUsual(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
