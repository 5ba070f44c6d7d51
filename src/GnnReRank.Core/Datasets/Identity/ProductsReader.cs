using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>Stanford Online Products: the list of the test images, each a query of all others.</summary>
internal sealed class ProductsReader : IDatasetReader
{
    private const string List = "Ebay_test.txt";
    private const string Line = "image_id class_id super_class_id path";

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.StanfordOnlineProducts];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(kind, path, $"a folder with {List}, or that list, of lines '{Line}' under a header");
        DatasetImage[] images =
        [
            .. DatasetLine.Read(place.IsFile ? place.RequireFile() : place.RequireFile(List), fields: 4, Line, hasHeader: true, cancellation)
                .Select(line => new DatasetImage(line.Fields[3], line.Whole(1))),
        ];
        return new DatasetTruth(images, images);
    }
}
