using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Takes a data set by the names that papers give it: CUHK03-NP, VeRi-776, SOP, DukeMTMC-reID.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DatasetKindNameAttribute : ArgumentTransformationAttribute
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
        ["StanfordCars"] = DatasetKind.Cars196,
    };

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        FeatureValues.Unwrap(inputData) is not string text
            ? inputData
            : KindOf(text) ?? throw new ArgumentTransformationMetadataException(
                $"'{text}' is no data set that can be read. Known are {string.Join(", ", Enum.GetNames<DatasetKind>())}.");

    /// <summary>The data set of a name, without regard to case and punctuation; null where there is none.</summary>
    public static DatasetKind? KindOf(string name)
    {
        string letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        return s_names.TryGetValue(letters, out DatasetKind known) ? known
            : !char.IsAsciiDigit(letters.FirstOrDefault()) && Enum.TryParse(letters, ignoreCase: true, out DatasetKind kind) ? kind
            : null;
    }
}
