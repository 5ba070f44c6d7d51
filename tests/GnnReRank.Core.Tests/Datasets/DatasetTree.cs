namespace GnnReRank.Tests.Datasets;

/// <summary>A made-up data set in a folder of its own. Images are empty files: nobody opens them.</summary>
internal sealed class DatasetTree : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DatasetTree(params string[] images)
    {
        foreach (string image in images)
        {
            Write(image);
        }
    }

    public string Path => _folder.Path;

    public string this[params string[] parts] => _folder[parts];

    public DatasetTree Write(string name, params string[] lines)
    {
        string file = _folder[name.Split('/')];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines);
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
