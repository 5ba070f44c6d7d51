using System.Text.Json;
using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;
using GnnReRank.Running;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Reads runs from JSON lines: an object a query, with its images in the array "results". Memory is that of the entries and one token.</summary>
internal sealed class JsonLinesRunReader : IRunReader
{
    // Names are short; a bound for a string that is never closed.
    private const int LongestToken = 1 << 24;

    private static readonly JsonReaderOptions s_options = new() { AllowMultipleValues = true };

    public bool Recognizes(ReadOnlySpan<byte> head) => DelimitedFormats.LooksLikeText(DelimitedInput.Head(head));

    public Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunSource source = new(path, "object");
        RunBuilder builder = new(source, query, gallery, options, isTrec: false);
        try
        {
            using Stream stream = DelimitedInput.Open(path, out FileStream file);
            ReadObjects(stream, file, new JsonRunObjects(source, builder, options.ScoreKind), source, options.Compute);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or EndOfStreamException)
        {
            throw FormatErrors.Corrupt(path, "JSON lines", $"{fault.Message.TrimEnd('.')}.", fault);
        }

        return builder.Build(RunPath.SettingsOf(path), RankingOrder.Rank);
    }

    private static void ReadObjects(Stream stream, FileStream file, JsonRunObjects objects, RunSource source, ComputeOptions compute)
    {
        byte[] buffer = new byte[1 << 16];
        int filled = SkipMark(stream, buffer);
        JsonReaderState state = new(s_options);
        bool isLast;
        do
        {
            compute.CancellationToken.ThrowIfCancellationRequested();
            compute.Progress?.Report(new StageProgress(RunPath.Stage, file.Position, file.Length, StageUnits.Bytes));
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            isLast = read == 0;
            filled += read;
            Utf8JsonReader reader = new(buffer.AsSpan(0, filled), isLast, state);
            while (reader.Read())
            {
                objects.Take(ref reader);
            }

            state = reader.CurrentState;
            int consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
            if (filled == buffer.Length)
            {
                buffer = Grown(buffer, source);
            }
        }
        while (!isLast);
    }

    private static byte[] Grown(byte[] buffer, RunSource source)
    {
        if (buffer.Length >= LongestToken)
        {
            throw FormatErrors.Corrupt(source.Path, "JSON lines", $"a text in it is longer than {LongestToken:N0} bytes.");
        }

        Array.Resize(ref buffer, 2 * buffer.Length);
        return buffer;
    }

    /// <summary>Reads the first bytes, without a byte order mark.</summary>
    private static int SkipMark(Stream stream, byte[] buffer)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        int read = stream.ReadAtLeast(buffer.AsSpan(0, mark.Length), mark.Length, throwOnEndOfStream: false);
        return buffer.AsSpan(0, read).SequenceEqual(mark) ? 0 : read;
    }
}
