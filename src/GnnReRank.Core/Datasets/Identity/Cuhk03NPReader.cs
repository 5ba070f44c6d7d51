using GnnReRank.Datasets.Model;
using GnnReRank.Formats.Mat.Values;

namespace GnnReRank.Datasets.Identity;

/// <summary>CUHK03 by the new protocol: the .mat file of the split, or the folders of images that follow it.</summary>
internal sealed class Cuhk03NPReader(string variant) : IDatasetReader
{
    private const string Labels = "labels";
    private const string Cameras = "camId";
    private const string Files = "filelist";
    private const string QueryRows = "query_idx";
    private const string GalleryRows = "gallery_idx";

    private readonly string _file = $"cuhk03_new_protocol_config_{variant.ToLowerInvariant()}.mat";
    private readonly string _folder = variant.ToLowerInvariant();

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Cuhk03NP];

    public string Variant { get; } = variant;

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(
            kind, path,
            $"the file {_file}, a folder that holds it, or a folder '{_folder}' with the folders query and bounding_box_test of images such as 0003_c1_22.png");
        if (place.IsFile)
        {
            return ReadFile(path, cancellation);
        }

        if (!place.HasFile(_file) && place.HasFolder(_folder))
        {
            return PersonFolders.Read(place, cancellation, _folder);
        }

        return !place.HasFile(_file) && place.HasFolder(PersonFolders.Query)
            ? PersonFolders.Read(place, cancellation)
            : ReadFile(place.RequireFile(_file), cancellation);
    }

    private static DatasetTruth ReadFile(string path, CancellationToken cancellation)
    {
        MatColumns columns = new(path, MatValues.Load(path, [Labels, Cameras, Files, QueryRows, GalleryRows], cancellation));
        string[] files = columns.Texts(Files);
        long[] labels = columns.Wholes(Labels, files.Length);
        long[] cameras = columns.Wholes(Cameras, files.Length);
        return new DatasetTruth(Set(QueryRows), Set(GalleryRows));

        DatasetImage[] Set(string rows) =>
        [
            .. columns.Wholes(rows).Select(row => row >= 1 && row <= files.Length
                ? new DatasetImage(files[row - 1], labels[row - 1], checked((int)cameras[row - 1]))
                : throw columns.Unusable($"'{rows}' names image {row}, and '{Files}' has 1 to {files.Length:N0}")),
        ];
    }
}
