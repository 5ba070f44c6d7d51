using GnnReRank.Datasets.Model;
using GnnReRank.Formats.Mat.Values;

namespace GnnReRank.Datasets.Identity;

/// <summary>Cars196 as it is used for retrieval: the images of the second 98 classes, of both published halves, each a query of all others.</summary>
internal sealed class CarsReader : IDatasetReader
{
    private const string List = "cars_annos.mat";
    private const string Annotations = "annotations";
    private const string Names = "relative_im_path";
    private const string Classes = "class";
    private const long FirstTestClass = 99;

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Cars196];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(kind, path, $"{List}, or a folder that holds it, with the struct array '{Annotations}' of fields '{Names}' and '{Classes}'");
        string file = place.IsFile ? place.RequireFile() : place.RequireFile(List);
        MatStruct found = MatValues.Load(file, [Annotations], cancellation)[Annotations] as MatStruct
            ?? throw new MatColumns(file, new Dictionary<string, object>()).Unusable($"'{Annotations}' is no array of structs");
        MatColumns columns = new(file, found.Fields.ToDictionary(
            field => field.Key, object (field) => new MatCell([field.Value.Length, 1], field.Value)));
        foreach (string field in (string[])[Names, Classes])
        {
            if (!columns.Values.ContainsKey(field))
            {
                throw columns.Unusable($"'{Annotations}' has no field '{field}'; it has {string.Join(", ", columns.Values.Keys)}");
            }
        }

        string[] names = columns.Texts(Names);
        long[] classes = columns.Wholes(Classes, names.Length);
        DatasetImage[] images = [.. names.Zip(classes, (name, label) => new DatasetImage(name, label)).Where(image => image.Label >= FirstTestClass)];
        return images.Length > 0 ? new DatasetTruth(images, images) : throw columns.Unusable($"no image is of a class from {FirstTestClass} on, the test set");
    }
}
