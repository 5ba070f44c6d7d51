using System.Globalization;
using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>MSMT17, both versions: lists of 'path identity', the camera being the third number of the file name. Or Market-1501's layout.</summary>
internal sealed class MsmtReader : IDatasetReader
{
    private const string QueryList = "list_query.txt";
    private const string GalleryList = "list_gallery.txt";
    private const string Line = "0000/0000_000_01_0303morning_0015_0.jpg 0";
    private const int CameraPart = 2;

    private const string Layout =
        $"a folder with {QueryList} and {GalleryList} of lines such as '{Line}', or with the folders query and bounding_box_test";

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Msmt17];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(kind, path, Layout);
        return !place.HasFile(QueryList) && place.HasFolder(PersonFolders.Query)
            ? PersonFolders.Read(place, cancellation)
            : new DatasetTruth(Set(place, QueryList, cancellation), Set(place, GalleryList, cancellation));
    }

    private static DatasetImage[] Set(DatasetPlace place, string list, CancellationToken cancellation) =>
        [.. DatasetLine.Read(place.RequireFile(list), fields: 2, Line, hasHeader: false, cancellation).Select(ToImage)];

    private static DatasetImage ToImage(DatasetLine line)
    {
        string name = line.Fields[0];
        string[] parts = Path.GetFileName(name).Split('_');
        return parts.Length > CameraPart && int.TryParse(parts[CameraPart], NumberStyles.None, CultureInfo.InvariantCulture, out int camera)
            ? new DatasetImage(name, line.Whole(1), camera)
            : throw line.Error($"names '{name}', whose third number between underscores should be the camera, as in '{Line}'");
    }
}
