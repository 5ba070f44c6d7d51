namespace GnnReRank.Binding;

/// <summary>A data set by one of the names that papers give it: CUHK03-NP, VeRi-776, SOP, DukeMTMC-reID. A parameter type: texts and kinds turn into it.</summary>
public sealed class DatasetName
{
    private static readonly Dictionary<string, DatasetKind> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Market"] = DatasetKind.Market1501,
        ["Duke"] = DatasetKind.DukeMtmc,
        ["DukeMtmcReId"] = DatasetKind.DukeMtmc,
        ["Msmt"] = DatasetKind.Msmt17,
        ["Msmt17V1"] = DatasetKind.Msmt17,
        ["Msmt17V2"] = DatasetKind.Msmt17,
        ["Cuhk03New"] = DatasetKind.Cuhk03NP,
        ["VeRi"] = DatasetKind.VeRi776,
        ["PkuVehicleId"] = DatasetKind.VehicleId,
        ["University"] = DatasetKind.University1652,
        ["Oxford"] = DatasetKind.Oxford5k,
        ["Oxf5k"] = DatasetKind.Oxford5k,
        ["Paris"] = DatasetKind.Paris6k,
        ["Par6k"] = DatasetKind.Paris6k,
        ["ROxford"] = DatasetKind.ROxford5k,
        ["ROxf"] = DatasetKind.ROxford5k,
        ["RevisitedOxford"] = DatasetKind.ROxford5k,
        ["RParis"] = DatasetKind.RParis6k,
        ["RPar"] = DatasetKind.RParis6k,
        ["RevisitedParis"] = DatasetKind.RParis6k,
        ["GoogleLandmarksV2"] = DatasetKind.Gldv2,
        ["Sop"] = DatasetKind.StanfordOnlineProducts,
        ["OnlineProducts"] = DatasetKind.StanfordOnlineProducts,
        ["Cub"] = DatasetKind.Cub200,
        ["Cub2002011"] = DatasetKind.Cub200,
        ["Cars"] = DatasetKind.Cars196,
        ["TrecQrels"] = DatasetKind.Qrels,
        ["StanfordCars"] = DatasetKind.Cars196,
    };

    private readonly string _name;

    /// <summary>Takes a name, without regard to case and punctuation.</summary>
    public DatasetName(string name) => _name = name;

    /// <summary>Takes a kind as it is.</summary>
    public DatasetName(DatasetKind kind) => _name = kind.ToString();

    /// <summary>The data set. Found only when asked for: PowerShell hides what a conversion says of an argument given by its place.</summary>
    /// <exception cref="GnnReRankException">No data set has that name.</exception>
    public DatasetKind Kind => Find(_name) ?? throw Errors.NoSuchDataset(_name);

    /// <summary>The name as it was given.</summary>
    public override string ToString() => _name;

    /// <summary>The data set of a name; null where there is none.</summary>
    internal static DatasetKind? Find(string name)
    {
        string letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        return s_names.TryGetValue(letters, out DatasetKind known) ? known
            : !char.IsAsciiDigit(letters.FirstOrDefault()) && Enum.TryParse(letters, ignoreCase: true, out DatasetKind kind) ? kind
            : null;
    }
}
