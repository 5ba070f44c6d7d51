using GnnReRank.Datasets.Model;

namespace GnnReRank.Datasets.Landmarks;

/// <summary>A data set's truth from its gnd file.</summary>
internal static class GndTruth
{
    public static DatasetTruth Of(GndFile file)
    {
        RowLists lists = new();
        QueryTruth[] queries = [.. file.Lists.Zip(file.Queries, (query, name) => lists.Make(name, query.Easy, query.Hard, query.Junk, query.Region))];
        return new DatasetTruth(
            Array.ConvertAll(file.Queries, name => new DatasetImage(name)),
            Array.ConvertAll(file.Images, name => new DatasetImage(name)),
            new GroundTruth(queries, file.Images.Length, file.Queries, file.Images))
        {
            Warnings = [.. lists.Warnings],
        };
    }
}
