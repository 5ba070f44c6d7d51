using Microsoft.ML.OnnxRuntime;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace GnnReRank.Extractor;

/// <summary>The whole job: pictures in, a file of features out.</summary>
internal sealed class Extraction(ExtractionOptions options, Action<string> tell, ProgressLine progress)
{
    /// <exception cref="ExtractionException">Something is to be mended first.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is written.</exception>
    public void Run(CancellationToken cancellation)
    {
        ParquetOutput.Check(options.Output, options.Force);
        NamingRule? rule = options.Pattern is null ? null : new NamingRule(options.Pattern);
        IReadOnlyList<PictureFile> pictures = PictureFiles.Find(options);
        IReadOnlyList<(string? Label, string? Camera)>? truth = rule?.Read(pictures);
        string[]? labels = rule?.HasLabels == true ? [.. truth!.Select(row => row.Label!)] : null;
        int[]? cameras = rule?.HasCameras == true
            ? CameraNumbers.Of([.. truth!.Select(row => row.Camera!)], options.Cameras, tell)
            : null;

        using Embedding embedding = Embedding.Load(options);
        List<int> kept = [];
        List<float[]> features = [];
        for (int row = 0; row < pictures.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryEmbed(embedding, pictures[row]) is float[] vector)
            {
                kept.Add(row);
                features.Add(vector);
            }

            progress.Report(row + 1, pictures.Count);
        }

        progress.Clear();
        if (kept.Count == 0)
        {
            throw new ExtractionException(
                $"None of {pictures.Count:N0} pictures could be read, so nothing was written.");
        }

        string[] names = [.. kept.Select(row => pictures[row].Name)];
        FeatureRows rows = new([.. features], Taken(labels, kept), Taken(cameras, kept), names);
        ParquetOutput.Write(options.Output, rows, options.Force);
        tell($"{kept.Count:N0} pictures x {features[0].Length:N0} dimensions are in '{options.Output}'.");
    }

    private static T[]? Taken<T>(T[]? values, List<int> rows) =>
        values is null ? null : [.. rows.Select(row => values[row])];

    private float[]? TryEmbed(Embedding embedding, PictureFile picture)
    {
        try
        {
            using Image<Rgb24> pixels = embedding.Pictures.Read(picture);
            return embedding.Of(pixels, picture.Name);
        }
        catch (ExtractionException fault)
            when (options.SkipUnreadable && fault.InnerException is not OnnxRuntimeException)
        {
            progress.Clear();
            tell($"Left out: {fault.Message}");
            return null;
        }
    }
}
