using GnnReRank.Datasets.Model;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>Google Landmarks v2 retrieval: retrieval_solution_v2.1.csv, and the index where it is there.</summary>
internal sealed class GldReader : IDatasetReader
{
    private const char Comma = ',';

    private static readonly string[] s_indexFiles = ["index.csv", "index_image_to_landmark.csv"];

    private readonly string[] _usages;

    /// <param name="variant">The name of the split.</param>
    /// <param name="usages">The queries' Usage that belong to it.</param>
    public GldReader(string variant, params string[] usages)
    {
        Variant = variant;
        _usages = usages;
    }

    public IReadOnlyList<DatasetKind> Kinds { get; } = [DatasetKind.Gldv2];

    public string? Variant { get; }

    public DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation)
    {
        string file = Directory.Exists(path) ? Solution(path, cancellation) : path;
        InputFile.Require(file, "the file retrieval_solution_v2.1.csv");
        GldQuery[] queries = DelimitedRecords.Use(file, Comma, cancellation, records => GldQuery.ReadAll(file, records, _usages, cancellation));
        if (queries.Length == 0)
        {
            throw LandmarkErrors.Malformed(file, $"no query has the Usage {string.Join(" or ", _usages)}. Name another variant, or fetch the file again.");
        }

        string? index = s_indexFiles.Select(name => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name)).FirstOrDefault(File.Exists);
        GldGallery gallery = new(queries);
        if (index is not null)
        {
            InputFile.Require(index, "the file index.csv");
            DelimitedRecords.Use(index, Comma, cancellation, records => gallery.AddIndex(index, records, cancellation));
        }

        return gallery.Truth(index);
    }

    private static string Solution(string folder, CancellationToken cancellation)
    {
        string[] files = LandmarkFiles.Nearest(folder, "retrieval_solution*.csv", cancellation);
        return files.Length switch
        {
            0 => throw LandmarkErrors.Missing(folder, "retrieval_solution_v2.1.csv"),
            1 => files[0],
            _ => throw new GnnReRankException(
                "SeveralDatasets", ErrorKind.InvalidArgument,
                $"'{folder}' holds {FormatErrors.Listed(files.Select(file => Path.GetRelativePath(folder, file)))}: give the one that is meant, usually retrieval_solution_v2.1.csv."),
        };
    }
}
