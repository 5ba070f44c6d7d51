using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Hdf5;

/// <summary>A file with a dataset for each image as one array of features, with the images' names.</summary>
internal sealed class Hdf5ImageFile : IArrayFile
{
    private const string NamesName = "names";

    private readonly Hdf5File _file;
    private readonly Hdf5ImageNames _images;
    private readonly ArrayElementType _type;
    private readonly long _length;

    /// <exception cref="GnnReRankException">The vectors are not alike, or sets are asked for.</exception>
    public Hdf5ImageFile(Hdf5File file, Hdf5ImageNames images, FeatureReadOptions options)
    {
        _file = file;
        _images = images;
        if (options.Sets is { Count: > 0 })
        {
            throw FormatErrors.Unsupported(
                file.Path,
                $"it holds a dataset for each of {images.Datasets.Count:N0} images ({FormatErrors.Listed(images.Datasets.Select(image => image.Image))}), " +
                "which are one matrix, so it has no query and gallery sets. Leave out -Set; -Name takes some of the images by their names, as -Name 'query/*'.");
        }

        (_type, _length) = file.Vector(images.Datasets[0].Dataset)!.Value;
        foreach ((_, string dataset) in images.Datasets)
        {
            (ArrayElementType Type, long Length) vector = file.Vector(dataset)!.Value;
            if (vector != (_type, _length))
            {
                throw new GnnReRankException(
                    "UnlikeVectors", ErrorKind.InvalidData,
                    $"'{file.Path}': dataset '{dataset}' holds {Described(vector)}, and '{images.Datasets[0].Dataset}' {Described((_type, _length))}: " +
                    "in a file with a dataset for each image all must be alike. Correct the file, or name the dataset with the features with -FeatureColumn.");
            }
        }
    }

    public string Path => _file.Path;

    public IReadOnlyList<string> Names => [_images.Array, NamesName];

    public NumericArray Numbers(string name) => name != _images.Array
        ? throw FormatErrors.Unsupported(Path, $"'{name}' are the names of the images, and numbers are needed.")
        : new NumericArray
        {
            Path = Path,
            Format = nameof(FeatureFormat.Hdf5),
            Name = name,
            Shape = [_images.Datasets.Count, _length],
            Type = _type,
            IsColumnMajor = false,
            Open = () => new Hdf5ImageStream(_file, _images.Datasets, _length * _type.Size),
        };

    public TextArray Text(string name) => name != NamesName
        ? throw FormatErrors.Unsupported(Path, $"'{name}' are numbers, and text is needed.")
        : new TextArray { Shape = [_images.Datasets.Count], Read = _ => [.. _images.Datasets.Select(image => image.Image)] };

    public void Dispose() => _file.Dispose();

    private static string Described((ArrayElementType Type, long Length) vector) =>
        $"{vector.Length:N0} numbers of type {vector.Type}{(vector.Type.IsBigEndian ? " (big-endian)" : string.Empty)}";
}
