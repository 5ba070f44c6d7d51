using System.Globalization;
using System.IO.Compression;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Delimited text, JSON, runs and lists.</summary>
internal static class TextShapes
{
    // Of the sets of rankings; each query lists each row once.
    public const int Rows = 2000;

    public static IEnumerable<WorstCase> All(object query, object gallery)
    {
        (string, object?)[] matrices = [("Query", query), ("Gallery", gallery)];
        Seeds.Call run = Seeds.Call.Of("Import-Ranking", "Path", matrices);
        Seeds.Call lenient = Seeds.Call.Of("Import-Ranking", "Path", [.. matrices, ("SkipUnknown", null)]);
        yield return Text("Csv", "commas in one line", "x.csv", 500_000, (text, n) => text.Write(new string(',', n)));
        yield return Text("Csv", "columns, two rows", "x.csv", 50_000, (text, n) =>
        {
            Line(text, n, at => $"f{at}");
            Line(text, n, at => "1.5");
            Line(text, n, at => "2.5");
        });
        yield return Text("Csv", "columns of texts", "x.csv", 50_000, (text, n) =>
        {
            Line(text, n, at => $"c{at}");
            Line(text, n, at => "a");
        });
        yield return Text("Csv", "columns of the same name", "x.csv", 50_000, (text, n) =>
        {
            Line(text, n, at => "f");
            Line(text, n, at => "1");
        });
        yield return Text("Csv", "rows", "x.csv", 100_000, (text, n) => Lines(text, "f0,f1,label", n, at => $"1,{at}.5,{at % 7}"));
        yield return Text("Csv", "rows with a text label each", "x.csv", 100_000, (text, n) => Lines(text, "f0,f1,label,name", n, at => $"1,{at}.5,person {at},img/{at}.jpg"));
        yield return Text("Csv", "rows that are not numbers, -SkipInvalid", "x.csv", 100_000, (text, n) => Lines(text, "f0,f1", n, at => at % 2 == 0 ? "1,2" : "NaN,"), ("SkipInvalid", null));
        yield return Text("Csv", "quotes in one field", "x.csv", 2_000_000, (text, n) =>
        {
            text.Write("f0,name\n1,\"");
            text.Write(new string('"', n & ~1));
            text.Write("\"\n");
        });
        yield return Text("Csv", "an open quote, lines behind it", "x.csv", 300_000, (text, n) => Lines(text, "f0,f1\n1,\"", n, at => "1,2"));
        yield return Text("Csv", "vectors as text", "x.csv", 100_000, (text, n) =>
        {
            text.Write("vector,label\n\"[");
            text.Write(string.Join(", ", Enumerable.Range(1, n)));
            text.Write("]\",1\n");
        });
        yield return new WorstCase("Csv.gz", "empty lines, packed", "x.csv.gz", 30_000_000, WriteEmptyLines, WorstCase.Features());
        yield return Text("Json", "labels", "x.json", 200_000, (text, n) => text.Write($"[{string.Join(',', Enumerable.Range(0, n).Select(at => $"\"p{at}\""))}]"), Beside);
        yield return Text("Json", "nested lists", "x.json", 500_000, (text, n) => text.Write(new string('[', n)), Beside);
        yield return Text("Labels.txt", "lines", "x.txt", 300_000, (text, n) => Lines(text, "p0", n, at => $"p{at}"), Beside);
        yield return Text("Trec", "lines of one query", "x.run", 100_000, (text, n) => Lines(text, "q0 Q0 g1 1 1 t", n, at => $"q0 Q0 d{at} {at + 2} {-at} t"), lenient);
        yield return Text("Trec", "queries", "x.run", 100_000, (text, n) => Lines(text, "q0 Q0 g1 1 1 t", n, at => $"x{at} Q0 g1 1 1 t"), run);
        yield return Text("Trec", "spaces in one line", "x.run", 5_000_000, (text, n) => text.Write("q0 Q0 g1 1 1" + new string(' ', n) + "t\n"), run);
        yield return Text("Trec", "one word", "x.run", 5_000_000, (text, n) => text.Write(new string('q', n)), run);
        yield return Text("Ranking.csv", "rows", "x.csv", 100_000, (text, n) => Lines(text, "QueryIndex,Rank,GalleryIndex,Score", n, at => $"{at / Rows},{at % Rows + 1},{at % Rows},{-at % Rows}"), run) with { Most = Rows * Rows };
        yield return Text("Ranking.csv", "rows in turn", "x.csv", 100_000, (text, n) => Lines(text, "QueryIndex,Rank,GalleryIndex,Score", n, at => $"{at % Rows},{at / Rows + 1},{at / Rows},{-at / Rows}"), run) with { Most = Rows * Rows };
        yield return Text("JsonLines", "entries", "x.jsonl", 100_000, (text, n) => Lines(text, string.Empty, (n + Rows - 1) / Rows, query =>
            $"{{\"query_index\":{query},\"results\":[{string.Join(',', Enumerable.Range(0, Rows).Select(at => $"{{\"rank\":{at + 1},\"gallery_index\":{at},\"score\":{-at}}}"))}]}}"), run) with { Most = Rows * Rows };
        yield return Text("JsonLines", "nested", "x.jsonl", 1_000_000, (text, n) => text.Write("{\"query_index\":" + new string('[', n)), run);
        yield return Text("Qrels", "judgements", "x.qrels", 100_000, (text, n) => Lines(text, "q0 0 g1 1", n, at => $"q{at % 40} 0 d{at} 1"), Seeds.Call.Of("Import-RetrievalDataset", "Path", [("Protocol", "Qrels"), .. matrices]));
        yield return Text("VehicleId", "lines", "test_list_800.txt", 100_000, (text, n) => Lines(text, "0000000 1", n, at => $"{at + 1:D7} {at / 3}"), WorstCase.Dataset("VehicleId"));
        yield return Text("StanfordOnlineProducts", "lines", "Ebay_test.txt", 100_000, (text, n) => Lines(text, "image_id class_id super_class_id path", n, at => $"{at + 1} {at / 4} 1 b/{at}.JPG"), WorstCase.Dataset("StanfordOnlineProducts"));
    }

    private static Seeds.Call Beside { get; } = new("Import-FeatureMatrix three.csv -LabelPath", (shell, path) =>
    {
        string features = Path.Combine(Path.GetDirectoryName(path)!, "three.csv");
        File.WriteAllText(features, "f0,f1\n1,2\n3,4\n5,6\n");
        shell.AddCommand("Import-FeatureMatrix").AddParameter("LiteralPath", features).AddParameter("LabelPath", path);
    });

    private static WorstCase Text(string format, string shape, string file, int size, Action<TextWriter, int> write, params (string Name, object? Value)[] parameters) =>
        Text(format, shape, file, size, write, WorstCase.Features(parameters));

    private static WorstCase Text(string format, string shape, string file, int size, Action<TextWriter, int> write, Seeds.Call call) => new(format, shape, file, size, (path, n) =>
    {
        using StreamWriter text = new(path);
        write(text, n);
    }, call);

    private static void Line(TextWriter text, int count, Func<int, string> field)
    {
        for (int at = 0; at < count; at++)
        {
            if (at > 0)
            {
                text.Write(',');
            }

            text.Write(field(at));
        }

        text.Write('\n');
    }

    private static void Lines(TextWriter text, string head, int count, Func<int, string> line)
    {
        text.Write(head + "\n");
        for (int at = 0; at < count; at++)
        {
            text.Write(line(at).ToString(CultureInfo.InvariantCulture));
            text.Write('\n');
        }
    }

    private static void WriteEmptyLines(string path, int count)
    {
        using GZipStream packed = new(File.Create(path), CompressionLevel.SmallestSize);
        byte[] lines = Enumerable.Repeat((byte)'\n', 1 << 16).ToArray();
        for (int left = count; left > 0; left -= lines.Length)
        {
            packed.Write(lines, 0, Math.Min(left, lines.Length));
        }
    }
}
