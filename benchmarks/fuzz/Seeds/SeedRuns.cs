using System.Text;
using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Seeds;

/// <summary>Rankings, graphs, published truths and pictures, with the commands that read them.</summary>
internal static class SeedRuns
{
    private static readonly string[] s_numpy = ["graph_indices.npy", "graph_cosine.npy", "graph_distances.npy"];

    public static IEnumerable<Seed> Graphs(Session session, string folder)
    {
        session.Script($"$q, $g = Import-FeatureMatrix -Example | Select-FeatureMatrix -First 20; $n = New-NeighborGraph $q $g -K1 4; Export-NeighborGraph '{folder}/graph.parquet' $n; Export-NeighborGraph '{folder}/graph.npy' $n");
        foreach (string path in Directory.EnumerateFiles(folder, "graph*").Order(StringComparer.Ordinal)
            .Concat(s_numpy.Select(name => Repository.Data("numpy", name)))
            .Concat([Repository.Data("vectors", "graph.ibin"), Repository.Data("vectors", "pair.ibin"), Repository.Data("vectors", "pair.fbin")]))
        {
            yield return Graph(path);
        }
    }

    public static IEnumerable<Seed> Rankings(Session session, string folder)
    {
        object[] sets = session.Script(
            """
            $named = foreach ($set in Import-FeatureMatrix -Example | Select-FeatureMatrix -First 12) {
                $rows = foreach ($i in 0..11) { , $set.GetRow($i) }
                $names = [string[]] (0..11 | ForEach-Object { "$($set.Role)/$_.jpg" })
                [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, [long[]] $set.Labels, $null, $names, $set.Role)
            }
            $named
            """);
        session.Script(
            $$"""
            $q, $g = $named
            $r = Search-FeatureMatrix $q $g -Top 6
            foreach ($ending in 'run', 'csv', 'jsonl', 'parquet') { Export-Ranking "{{folder}}/run.$ending" $r }
            $rows = foreach ($i in 1..12) { , [float[]] @(foreach ($j in 1..12) { [Math]::Sin($i * 37 + $j * 11) }) }
            $m = [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows)
            foreach ($ending in 'npy', 'npz') { Export-FeatureMatrix "{{folder}}/scores.$ending" $m }
            """);
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path).StartsWith("run.", StringComparison.Ordinal) ||
            Path.GetFileName(path).StartsWith("scores.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            Call plain = Call.Of("Import-Ranking", "Path", ("Query", sets[0]), ("Gallery", sets[1]));
            yield return new Seed
            {
                Format = "Ranking",
                Name = $"ranking/{name}",
                Bytes = File.ReadAllBytes(path),
                File = name,
                IsText = name.EndsWith(".run", StringComparison.Ordinal) || name.EndsWith(".csv", StringComparison.Ordinal) || name.EndsWith(".jsonl", StringComparison.Ordinal),
                Guard = name.EndsWith(".npz", StringComparison.Ordinal) ? Guard.All : Guard.None,
                Calls =
                [
                    plain,
                    Call.Of("Import-Ranking", "Path", ("Query", sets[0]), ("Gallery", sets[1]), ("SkipUnknown", null), ("Top", 3)),
                    Call.Of("Import-Ranking", "Path", ("Query", sets[0]), ("Gallery", sets[1]), ("ScoreKind", "Distance"), ("MatchBy", "Index")),
                    Call.Of("Import-Ranking", "Path", ("Query", sets[0]), ("Gallery", sets[1]), ("OrderBy", "Score")),
                    plain.Then("Expand-Ranking"),
                    plain.Then("Measure-RetrievalAccuracy"),
                ],
            };
        }
    }

    public static IEnumerable<Seed> Datasets(Session session)
    {
        object[] sets = session.Script("Import-FeatureMatrix -Example | Select-FeatureMatrix -First 40");
        foreach (string path in Directory.EnumerateFiles(Repository.Data("datasets")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            string[] kinds = name.StartsWith("cars", StringComparison.Ordinal) ? ["Cars196"]
                : name.StartsWith("cuhk", StringComparison.Ordinal) ? ["Cuhk03NP"]
                : name.Contains("_oxford", StringComparison.Ordinal) ? ["Oxford5k"] : ["ROxford5k", "RParis6k"];
            yield return Truth(kinds[0], name, File.ReadAllBytes(path), [.. kinds.Select(kind => OfFile(kind))]);
        }

        byte[] judged = File.ReadAllBytes(Repository.Data("trec", "judged.qrels"));
        yield return Truth("Qrels", "judged.qrels", judged, [OfFile("Qrels", ("Query", sets[0]), ("Gallery", sets[1]))]);
        yield return Lines("Qrels", "few.qrels", ["q0 0 g1 1", "q1 0 g2 2", "q1 0 g3 0", "0 0 1 1"], ("Query", sets[0]), ("Gallery", sets[1]));
        yield return Lines("VehicleId", "test_list_800.txt", ["0011450 8", "0011451 8", "0011452 24"]);
        yield return Lines("StanfordOnlineProducts", "Ebay_test.txt", ["image_id class_id super_class_id path", "1 11319 1 bicycle_final/251952414262_0.JPG", "2 11319 1 bicycle_final/251952414262_1.JPG", "3 11320 1 b/3.JPG"]);
        yield return InFolder("Msmt17", "list_query.txt", ["0000/0000_000_01_0303morning_0015_0.jpg 0", "0001/0001_001_15_0302noon_1000_0.jpg 1"], ("list_gallery.txt", ["0000/0000_005_07_0303morning_0020_1.jpg 0"]));
        yield return InFolder("VeRi776", "name_query.txt", ["0014_c003_00012345_0.jpg", "0002_c002_00030600_0.jpg"], ("name_test.txt", ["0002_c020_00030670_0.jpg"]));
        yield return InFolder("Cub200", "image_class_labels.txt", ["1 100", "3 200", "2 101"], ("images.txt", ["1 100.Brown_Pelican/a.jpg", "2 101.White_Pelican/b.jpg", "3 200.Common_Yellowthroat/c.jpg"]));
        yield return InFolder("Cub200", "images.txt", ["1 100.Brown_Pelican/a.jpg", "2 101.White_Pelican/b.jpg", "3 200.Common_Yellowthroat/c.jpg"], ("image_class_labels.txt", ["1 100", "3 200", "2 101"]));
        yield return InFolder("Gldv2", "retrieval_solution_v2.1.csv", ["id,images,Usage", "q1,a b,Private", "q2,None,Ignored", "q3,c,Public"], ("index.csv", ["id", "a", "b", "c", "d"]));
        yield return InFolder("Gldv2", "index.csv", ["id", "a", "b", "c", "d"], ("retrieval_solution_v2.1.csv", ["id,images,Usage", "q1,a b,Private", "q2,None,Ignored", "q3,c,Public"]));
        yield return InFolder("Oxford5k", "all_souls_1_query.txt", ["oxc1_all_souls_000013 136.5 34.1 648.5 955.7"], ("all_souls_1_good.txt", ["all_souls_000026"]), ("all_souls_1_ok.txt", ["all_souls_000091"]), ("all_souls_1_junk.txt", ["all_souls_000110"]));
        yield return InFolder("Oxford5k", "all_souls_1_good.txt", ["all_souls_000026", "all_souls_000027"], ("all_souls_1_query.txt", ["oxc1_all_souls_000013 136.5 34.1 648.5 955.7"]), ("all_souls_1_ok.txt", ["all_souls_000091"]), ("all_souls_1_junk.txt", ["all_souls_000110"]));
    }

    /// <summary>Pictures that a report takes in.</summary>
    public static IEnumerable<Seed> Pictures(Session session, string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Data("pictures")).Order(StringComparer.Ordinal)];
        List<(string Name, byte[] Bytes)> pictures = [.. files.Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
        pictures.Add(("made.png", MadePng.Of(12, 9, [("tEXt", Encoding.ASCII.GetBytes("Title\0made"))])));
        foreach ((string name, byte[] bytes) in pictures.Where(picture => !picture.Name.EndsWith(".md", StringComparison.Ordinal)))
        {
            object ranking = session.Script(
                $"""
                $rows = (1, 0), (0, 1), (1, 1)
                $g = [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, [long[]] (1, 2, 1), [int[]] (1, 1, 2), [string[]] ('{name}', 'b.png', 'c.png'), 'Gallery')
                $q = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (, (1, 0)), [long[]] (, 1), [int[]] (, 3), [string[]] (, 'q.png'), 'Query')
                Search-FeatureMatrix $q $g
                """)[0];
            string report = Path.Combine(folder, "report.html");
            yield return new Seed
            {
                Format = "Picture",
                Name = $"picture/{name}",
                Bytes = bytes,
                File = name,
                Written = report,
                Calls =
                [
                    new Call($"Export-RankingReport -Embed with {name}", (shell, path) => shell.AddCommand("Export-RankingReport")
                        .AddParameter("Path", report).AddParameter("InputObject", ranking).AddParameter("Embed").AddParameter("Force")
                        .AddParameter("ImageRoot", Path.GetDirectoryName(path))),
                ],
            };
        }
    }

    private static Seed Graph(string path)
    {
        string name = Path.GetFileName(path);
        string folder = Path.GetDirectoryName(path)!;
        string stem = name.Split('.')[0];
        Dictionary<string, byte[]> beside = Directory.EnumerateFiles(folder, $"{stem.Split('_')[0]}*").Where(other => other != path)
            .ToDictionary(other => Path.GetFileName(other), File.ReadAllBytes);
        string main = name switch
        {
            "graph.scores.npy" => "graph.npy",
            "graph_cosine.npy" or "graph_distances.npy" => "graph_indices.npy",
            "pair.fbin" => "pair.ibin",
            _ => name,
        };
        string? scores = main == "graph_indices.npy" ? (name == "graph_distances.npy" ? name : "graph_cosine.npy") : main == "pair.ibin" ? "pair.fbin" : null;
        Call[] calls = [.. new[] { "Cosine", "SquaredL2" }.Select(kind => new Call($"Import-NeighborGraph {main} -ScoreKind {kind}", (shell, target) =>
        {
            string at = Path.GetDirectoryName(target)!;
            shell.AddCommand("Import-NeighborGraph").AddParameter("Path", Path.Combine(at, main)).AddParameter("ScoreKind", kind);
            if (scores is not null)
            {
                shell.AddParameter("ScorePath", Path.Combine(at, scores));
            }
        }))];
        return new Seed { Format = "Graph", Name = $"graph/{name}", Bytes = File.ReadAllBytes(path), File = name, Beside = beside, Calls = calls };
    }

    private static Call OfFile(string kind, params (string Name, object? Value)[] parameters) =>
        Call.Of("Import-RetrievalDataset", "Path", [("Protocol", kind), .. parameters]);

    private static Seed Truth(string kind, string name, byte[] bytes, Call[] calls, bool isText = false, params (string Name, string[] Lines)[] beside) => new()
    {
        Format = "Dataset",
        Name = $"{kind}/{name}",
        Bytes = bytes,
        File = name,
        IsText = isText || name.EndsWith(".qrels", StringComparison.Ordinal),
        Calls = calls,
        Beside = beside.ToDictionary(file => file.Name, file => Text(file.Lines)),
    };

    private static Seed Lines(string kind, string name, string[] lines, params (string Name, object? Value)[] parameters) =>
        Truth(kind, name, Text(lines), [OfFile(kind, parameters)], isText: true);

    private static Seed InFolder(string kind, string name, string[] lines, params (string Name, string[] Lines)[] beside) => Truth(
        kind, name, Text(lines), [new Call($"Import-RetrievalDataset {kind} FOLDER", (shell, path) =>
            shell.AddCommand("Import-RetrievalDataset").AddParameter("Protocol", kind).AddParameter("Path", Path.GetDirectoryName(path)))], isText: true, beside);

    private static byte[] Text(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
