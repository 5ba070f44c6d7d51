using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>Market-1501, and whatever took over its layout: folders query and bounding_box_test of images whose names say it all.</summary>
internal static class PersonFolders
{
    public const string Query = "query";
    public const string Gallery = "bounding_box_test";

    /// <summary>What the folder looks like, for messages.</summary>
    public const string Layout = "a folder with the folders query and bounding_box_test of images such as 0002_c1s1_000451_03.jpg";

    /// <summary>Reads both folders, which lie in the place or in a folder of it.</summary>
    public static DatasetTruth Read(DatasetPlace place, CancellationToken cancellation, params string[] parent)
    {
        List<string> warnings = [];
        return new DatasetTruth(Set(Query), Set(Gallery)) { Warnings = warnings };

        DatasetImage[] Set(string folder) => NamedImages.Parse(
            place.Images(cancellation, [.. parent, folder]), FileNamePatterns.Person(), string.Join('/', [.. parent, folder]), warnings, cancellation);
    }
}
