using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>VeRi-776: the lists name_query.txt and name_test.txt, or, where they are missing, the folders of images.</summary>
internal sealed class VeRiReader : IDatasetReader
{
    private const string Layout =
        "a folder with name_query.txt and name_test.txt, or with the folders image_query and image_test of images such as 0002_c002_00030600_0.jpg";

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.VeRi776];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(kind, path, Layout);
        List<string> warnings = [];
        return new DatasetTruth(Set("name_query.txt", "image_query"), Set("name_test.txt", "image_test")) { Warnings = warnings };

        DatasetImage[] Set(string list, string folder) => place.HasFile(list)
            ? NamedImages.Parse(Listed(place, list, folder, cancellation), FileNamePatterns.Vehicle(), list, warnings, cancellation)
            : NamedImages.Parse(place.Images(cancellation, folder), FileNamePatterns.Vehicle(), folder, warnings, cancellation);
    }

    private static string[] Listed(DatasetPlace place, string list, string folder, CancellationToken cancellation) =>
    [
        .. DatasetLine.Read(place.RequireFile(list), fields: 1, "0002_c002_00030600_0.jpg", hasHeader: false, cancellation)
            .Select(line => $"{folder}/{line.Fields[0]}"),
    ];
}
