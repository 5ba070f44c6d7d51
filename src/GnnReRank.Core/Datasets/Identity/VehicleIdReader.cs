using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>
/// PKU VehicleID: the list of one of the three test sets. Every image is query and gallery; the protocol draws one gallery image a vehicle,
/// and the others are its queries.
/// </summary>
internal sealed class VehicleIdReader(string variant) : IDatasetReader
{
    private const string Folder = "train_test_split";
    private const string Line = "0000001 1";

    private readonly string _list = $"test_list_{variant}.txt";

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.VehicleId];

    public string Variant { get; } = variant;

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(
            kind, path, $"a folder with {Folder}/{_list}, or that list, of lines such as '{Line}' (image, vehicle)");
        string list = place.IsFile ? place.RequireFile() : place.HasFile(_list) ? place.RequireFile(_list) : place.RequireFile(Folder, _list);
        DatasetImage[] images =
        [
            .. DatasetLine.Read(list, fields: 2, Line, hasHeader: false, cancellation)
                .Select(line => new DatasetImage(line.Fields[0], line.Whole(1))),
        ];
        return new DatasetTruth(images, images);
    }
}
