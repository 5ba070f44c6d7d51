using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace GnnReRank.Tests.Formats;

/// <summary>What is written is what another program reads: numpy, where it is installed.</summary>
public sealed class ReadBackTests
{
    private static readonly Lazy<string?> s_python = new(() => Array.Find(["python3", "/usr/bin/python3", "python"], HasNumpy));

    [Theory]
    [InlineData("a.npy", "float32")]
    [InlineData("a.npy", "float16")]
    [InlineData("a.npz", "float32")]
    [InlineData("a.npz", "float16")]
    [InlineData("a.safetensors", "float32")]
    [InlineData("a.safetensors", "float16")]
    [InlineData("a.fvecs", "float32")]
    [InlineData("a.csv", "float32")]
    [InlineData("a.tsv", "float32")]
    [InlineData("a.csv.gz", "float32")]
    [InlineData("a.tsv.gz", "float32")]
    public void NumpyReadsTheValues(string file, string type)
    {
        Assert.SkipWhen(s_python.Value is null, "There is no Python with numpy here.");
        using TemporaryFolder folder = new();
        float[] values = [.. Enumerable.Range(0, 21).Select(place => (place - 9.5f) / 8)];
        long[] labels = [-1, 0, 1, 1, 2, 1L << 52, 7];
        FeatureMatrix matrix = new(values, 7, 3, labels);
        if (type == "float16")
        {
            FeatureFile.Write(folder["wide.npz"], [matrix]);
            matrix = Assert.Single(FeatureFile.Read(folder["wide.npz"], new FeatureReadOptions { ElementType = FeatureElementType.Float16 }).Matrices);
        }

        FeatureFile.Write(folder[file], [matrix]);
        using JsonDocument found = JsonDocument.Parse(Run(s_python.Value!, TestPaths.Data("read_back.py"), folder[file]));
        Assert.Equal(type, found.RootElement.GetProperty("type").GetString());
        Assert.Equal([7, 3], found.RootElement.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32()));
        Assert.Equal(values, found.RootElement.GetProperty("values").EnumerateArray().Select(value => (float)value.GetDouble()));
        JsonElement foundLabels = found.RootElement.GetProperty("labels");
        bool holdsLabels = !file.EndsWith(".npy", StringComparison.Ordinal) && !file.EndsWith(".fvecs", StringComparison.Ordinal);
        Assert.Equal(holdsLabels ? labels : [], foundLabels.ValueKind == JsonValueKind.Null ? [] : foundLabels.EnumerateArray().Select(label => label.GetInt64()));
    }

    private static bool HasNumpy(string python)
    {
        try
        {
            return Run(python, "-c", "import numpy; print('found')").Trim() == "found";
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }
}
