namespace GnnReRank.Extractor;

/// <summary>What the command line asks for.</summary>
internal sealed record ExtractionOptions
{
    /// <summary>Folders of pictures; empty where a list is given.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>A file with one path a line; null where folders are given.</summary>
    public required string? List { get; init; }

    /// <summary>The Parquet file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Whether a file there may be replaced.</summary>
    public required bool Force { get; init; }

    /// <summary>The regular expression with the groups label and camera; null takes names alone.</summary>
    public required string? Pattern { get; init; }

    /// <summary>The cameras by name, the first of which is 0; empty numbers those found.</summary>
    public required IReadOnlyList<string> Cameras { get; init; }

    /// <summary>The network; null takes the ResNet-18 that comes with the program.</summary>
    public required string? Model { get; init; }

    /// <summary>The network's output to take, by name; null takes its first.</summary>
    public required string? OutputName { get; init; }

    /// <summary>A model that pictures of 0 to 255 pass before the network.</summary>
    public required string? Preprocess { get; init; }

    /// <summary>What is subtracted from red, green and blue of 0 to 1.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>What they are divided by then.</summary>
    public required IReadOnlyList<float> Deviation { get; init; }

    /// <summary>Whether the network takes blue first.</summary>
    public required bool BlueFirst { get; init; }

    /// <summary>Width and height as 224x224; null takes what the network says, else 224x224.</summary>
    public required string? Size { get; init; }

    /// <summary>How a picture of another shape comes to that size.</summary>
    public required PictureFit Fit { get; init; }

    /// <summary>Whether pictures that cannot be read are left out.</summary>
    public required bool SkipUnreadable { get; init; }
}
