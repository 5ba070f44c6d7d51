using System.Globalization;
using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Identity;

/// <summary>
/// CUHK03 before the new protocol: the test images of both views, each a query of all others. Their names say camera pair, person, view
/// and image (1_001_1_01.png), as torchreid and others write them out of cuhk-03.mat.
/// </summary>
internal sealed class Cuhk03ClassicReader : IDatasetReader
{
    private const string Example = "1_001_1_01.png";
    private const int PersonsPerPair = 10_000;

    private const string Layout = $"a folder of the test images alone, such as {Example} (camera pair, person, view, image), or a text file with such a name a line";

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Cuhk03Classic];

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        DatasetPlace place = new(kind, path, Layout);
        IEnumerable<string> names = place.IsFile
            ? DatasetLine.Read(path, fields: 1, Example, hasHeader: false, cancellation).Select(line => line.Fields[0])
            : place.Images(cancellation);
        DatasetImage[] images = [.. names.Select(name => ToImage(name, path))];
        return new DatasetTruth(images, images);
    }

    private static DatasetImage ToImage(string name, string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(name).Split('_');
        return parts is [string pair, string person, string view, _] &&
            TryNumber(pair, out int pairNumber) && TryNumber(person, out int personNumber) && personNumber < PersonsPerPair &&
            TryNumber(view, out int camera) && pairNumber < int.MaxValue / PersonsPerPair
            ? new DatasetImage(name, (pairNumber * PersonsPerPair) + personNumber, camera)
            : throw new GnnReRankException(
                "DatasetNamesDoNotFit", ErrorKind.InvalidData,
                $"'{path}': the image '{name}' is not named as {Example} is: camera pair, person, view, image. Expected is {Layout}.");
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
