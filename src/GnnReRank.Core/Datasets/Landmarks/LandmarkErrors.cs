namespace GnnReRank.Datasets.Landmarks;

/// <summary>The errors of readers of landmark data sets.</summary>
internal static class LandmarkErrors
{
    /// <summary>A file of the data set is not there.</summary>
    public static GnnReRankException Missing(string path, string what) =>
        new("DatasetFileNotFound", ErrorKind.NotFound, $"'{path}' holds no {what}. Give the folder with that file, or the file itself.");

    /// <summary>A file of the data set is not as its authors write it.</summary>
    public static GnnReRankException Malformed(string path, string what) =>
        new("DatasetFileMalformed", ErrorKind.InvalidData, $"'{path}': {what}");

    /// <summary>A file is named after another data set.</summary>
    public static GnnReRankException OtherDataset(string path, DatasetKind asked, DatasetKind named) => new(
        "DatasetContradictsFile", ErrorKind.InvalidArgument,
        $"'{path}' is named after {named}, and {asked} was asked for. Ask for {named}, or give the other file.");
}
