using System.Text;
using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Seeds;

/// <summary>The feature files of the tests, written by other programs, and files of the module's own writers, with every way to import them.</summary>
internal static class SeedFiles
{
    private static readonly string[] s_folders = ["arrow", "hdf5", "mat", "matrix", "numpy", "parquet", "pickle", "text", "torch", "vectors"];
    private static readonly string[] s_mapped = [".npy", ".npz", ".h5", ".hdf5", ".safetensors", ".fbin", ".f16bin"];
    private static readonly string[] s_listed = [".npy", ".npz", ".mat", ".h5", ".safetensors", ".pt", ".pth", ".pkl", ".json", ".txt", ".csv"];

    public static IEnumerable<Seed> Features()
    {
        foreach (string folder in s_folders)
        {
            foreach (string path in Directory.EnumerateFiles(Repository.Data(folder)).Order(StringComparer.Ordinal))
            {
                yield return Feature(Path.GetFileName(path), File.ReadAllBytes(path), folder);
            }
        }
    }

    /// <summary>Files of the module's own writers, small and large.</summary>
    public static IEnumerable<Seed> Written(Session session, string folder)
    {
        foreach ((string name, int rows, int columns) in new[] { ("small", 8, 6), ("large", 3000, 48) })
        {
            object made = session.Script(
                $$"""
                $rows = foreach ($i in 1..{{rows}}) { , [float[]] @(foreach ($j in 1..{{columns}}) { [Math]::Sin($i * 37 + $j * 11) }) }
                $labels = [long[]] (0..{{rows - 1}} | ForEach-Object { $_ % 5 })
                $cameras = [int[]] (0..{{rows - 1}} | ForEach-Object { $_ % 3 + 1 })
                $names = [string[]] (0..{{rows - 1}} | ForEach-Object { "img/$_.jpg" })
                , [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, $labels, $cameras, $names, 'Query')
                """)[0];
            foreach (string ending in new[] { "parquet", "arrow", "npz", "npy", "safetensors", "csv", "tsv", "csv.gz", "fvecs" })
            {
                string path = Path.Combine(folder, $"{name}.{ending}");
                _ = session.Run(shell => shell.AddCommand("Export-FeatureMatrix").AddParameter("Path", path).AddParameter("InputObject", made));
                if (File.Exists(path))
                {
                    yield return Feature(Path.GetFileName(path), File.ReadAllBytes(path), "own");
                }
            }
        }
    }

    /// <summary>Labels, cameras and names in files of their own, beside features that are left alone.</summary>
    public static IEnumerable<Seed> Lists()
    {
        byte[] features = File.ReadAllBytes(Repository.Data("numpy", "f4.npy"));
        string[] words = ["0001", "0002", "0002", "-1", "0007"];
        Dictionary<string, byte[]> files = new()
        {
            ["labels.txt"] = Encoding.UTF8.GetBytes(string.Join('\n', words) + "\n"),
            ["labels.csv"] = Encoding.UTF8.GetBytes("label\n" + string.Join('\n', words) + "\n"),
            ["labels.json"] = Encoding.UTF8.GetBytes("[\"a/1.jpg\", \"a/2.jpg\", \"b\\u0031\", \"c\", \"d\"]"),
            ["numbers.json"] = Encoding.UTF8.GetBytes("[1, 2, 3, -1, 5]"),
        };
        foreach (string path in s_folders.SelectMany(folder => Directory.EnumerateFiles(Repository.Data(folder))).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (s_listed.Contains(Path.GetExtension(path)) && new FileInfo(path).Length < 3000)
            {
                files.TryAdd(name, File.ReadAllBytes(path));
            }
        }

        foreach ((string name, byte[] bytes) in files)
        {
            Call[] calls = [.. new[] { "LabelPath", "CameraPath", "NamePath" }.Select(parameter => new Call(
                $"Import-FeatureMatrix features.npy -{parameter} {name}",
                (shell, path) => shell.AddCommand("Import-FeatureMatrix")
                    .AddParameter("LiteralPath", Path.Combine(Path.GetDirectoryName(path)!, "features.npy")).AddParameter(parameter, path)))];
            yield return new Seed
            {
                Format = "Lists",
                Name = $"lists/{name}",
                Bytes = bytes,
                File = name,
                Beside = new Dictionary<string, byte[]> { ["features.npy"] = features },
                Calls = calls,
                IsText = IsText(name),
            };
        }

    }

    private static Seed Feature(string name, byte[] bytes, string folder)
    {
        string ending = Path.GetExtension(name);
        List<Call> calls =
        [
            Import(),
            Import(("SkipInvalid", null)),
            Import(("ElementType", "Float16")),
            Import(("ExplicitOnly", null)),
            Import(("First", 3), ("Columns", new[] { 0, 1 })),
            Import(("Random", 4), ("Seed", 1)),
            Import(("Label", new long[] { 0, 1, 2 })),
            Import(("Set", new[] { FeatureRole.Query, FeatureRole.Gallery })),
            Import().Then("Merge-FeatureMatrix", ("By", "Label")),
        ];
        if (s_mapped.Contains(ending))
        {
            calls.Add(Import(("MemoryMapped", null)));
        }

        return new Seed
        {
            Format = FormatOf(name),
            Name = $"{folder}/{name}",
            Bytes = bytes,
            File = name,
            Calls = calls,
            Guard = GuardOf(name, bytes),
            IsText = IsText(name),
        };
    }

    private static Call Import(params (string Name, object? Value)[] parameters) => Call.Of("Import-FeatureMatrix", "LiteralPath", parameters);

    private static string FormatOf(string name) => name.EndsWith(".gz", StringComparison.Ordinal) ? "Gzip" : Path.GetExtension(name) switch
    {
        ".parquet" => "Parquet",
        ".arrow" or ".feather" or ".arrows" => "Arrow",
        ".npy" => "Npy",
        ".npz" => "Npz",
        ".h5" or ".hdf5" => "Hdf5",
        ".mat" => "Mat",
        ".pt" or ".pth" => "Torch",
        ".pkl" => "Pickle",
        ".safetensors" => "Safetensors",
        ".csv" or ".tsv" or ".txt" => "Text",
        _ => "Vectors",
    };

    private static bool IsText(string name) => Path.GetExtension(name) is ".csv" or ".tsv" or ".txt" or ".json" or ".jsonl" or ".run" or ".qrels";

    private static Guard GuardOf(string name, byte[] bytes) => Path.GetExtension(name) switch
    {
        ".npz" or ".gz" => Guard.All,
        ".pt" when bytes.AsSpan().StartsWith("PK"u8) => Guard.All,
        ".h5" when name is "latest.h5" or "groups_latest.h5" or "checked.h5" => Guard.Shape,
        ".mat" when name.Contains("compressed", StringComparison.Ordinal) => Guard.All,
        _ => Guard.None,
    };
}
