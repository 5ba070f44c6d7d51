using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>CUB-200-2011 as it is used for retrieval: the images of the second hundred classes, each a query of all others.</summary>
internal sealed class BirdsReader : IDatasetReader
{
    private const string Names = "images.txt";
    private const string Classes = "image_class_labels.txt";
    private const long FirstTestClass = 101;

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Cub200];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(kind, path, $"a folder with {Names} (lines 'image_id path') and {Classes} (lines 'image_id class_id')");
        Dictionary<long, long> classOf = [];
        foreach (DatasetLine line in DatasetLine.Read(place.RequireFile(Classes), fields: 2, "image_id class_id", hasHeader: false, cancellation))
        {
            classOf[line.Whole(0)] = line.Whole(1);
        }

        DatasetImage[] images =
        [
            .. DatasetLine.Read(place.RequireFile(Names), fields: 2, "image_id path", hasHeader: false, cancellation)
                .Select(line => new DatasetImage(line.Fields[1], ClassOf(line)))
                .Where(image => image.Label >= FirstTestClass),
        ];
        return images.Length > 0 ? new DatasetTruth(images, images) : throw new GnnReRankException(
            "DatasetListEmpty", ErrorKind.InvalidData, $"'{path}' has no image of a class from {FirstTestClass} on: these are the test set. Expected is {place.Layout}.");

        long ClassOf(DatasetLine line) => classOf.TryGetValue(line.Whole(0), out long found)
            ? found
            : throw line.Error($"is image {line.Fields[0]}, and {Classes} has no class for it");
    }
}
