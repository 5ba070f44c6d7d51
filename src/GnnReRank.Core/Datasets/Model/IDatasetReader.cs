namespace GnnReRank.Datasets.Model;

/// <summary>Reads the truth of one sort of data set from the files that its authors publish.</summary>
internal interface IDatasetReader
{
    /// <summary>The data sets it reads.</summary>
    IReadOnlyList<DatasetKind> Kinds { get; }

    /// <summary>Which form of the data set it reads, where there are several; the first registered one is the usual form.</summary>
    string? Variant => null;

    /// <summary>Reads the truth.</summary>
    /// <param name="kind">Which of its data sets.</param>
    /// <param name="path">The data set's folder, or the file with the truth.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="GnnReRankException">A file is missing or not as its authors write it.</exception>
    DatasetTruth Read(DatasetKind kind, string path, CancellationToken cancellation);
}
