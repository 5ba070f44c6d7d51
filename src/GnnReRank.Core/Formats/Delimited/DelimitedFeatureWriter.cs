using System.Globalization;
using System.IO.Compression;
using System.Text;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Running;

namespace GnnReRank.Formats.Delimited;

/// <summary>Features as comma- or tab-separated text: a header, then label, camera and name where known, then f0, f1, ...</summary>
internal sealed class DelimitedFeatureWriter : IFeatureWriter
{
    private const int ReportEvery = 256;

    private readonly char _delimiter;
    private readonly bool _isCompressed;

    /// <param name="format">One of the two formats.</param>
    /// <param name="isCompressed">Whether the text is compressed with gzip.</param>
    public DelimitedFeatureWriter(FeatureFormat format, bool isCompressed)
    {
        _isCompressed = isCompressed;
        Format = format;
        _delimiter = DelimitedFormats.DelimiterOf(format);
    }

    public FeatureFormat Format { get; }

    public bool HoldsSeveral => false;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        FeatureMatrix matrix = matrices[0];
        using StreamWriter text = new(Create(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        text.WriteLine(string.Join(_delimiter, Header(matrix)));
        StringBuilder line = new();
        string[]? labels = LabelNumbers.TextsOf(matrix);
        for (int row = 0; row < matrix.RowCount; row++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            AppendRow(line.Clear(), matrix, labels, row);
            text.Write(line);
            if (row % ReportEvery == 0)
            {
                options.Progress?.Report(new StageProgress("Write features", row, matrix.RowCount, StageUnits.Rows));
            }
        }
    }

    private Stream Create(string path)
    {
        FileStream file = File.Create(path);
        return _isCompressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
    }

    private static IEnumerable<string> Header(FeatureMatrix matrix)
    {
        IEnumerable<string> known = new[]
        {
            matrix.HasLabels ? "label" : null, matrix.HasCameras ? "camera" : null, matrix.HasNames ? "name" : null,
        }.OfType<string>();
        return known.Concat(Enumerable.Range(0, matrix.Dimension).Select(dimension => $"f{dimension}"));
    }

    private void AppendRow(StringBuilder line, FeatureMatrix matrix, string[]? labels, int row)
    {
        if (matrix.HasLabels)
        {
            line.Append(labels is null ? matrix.LabelSpan[row].ToString(CultureInfo.InvariantCulture) : DelimitedText.Quoted(labels[row], _delimiter)).Append(_delimiter);
        }

        if (matrix.HasCameras)
        {
            line.Append(CultureInfo.InvariantCulture, $"{matrix.CameraSpan[row]}").Append(_delimiter);
        }

        if (matrix.HasNames)
        {
            line.Append(DelimitedText.Quoted(matrix.NameSpan[row], _delimiter)).Append(_delimiter);
        }

        foreach (float value in matrix.GetRowSpan(row))
        {
            line.Append(DelimitedText.Printed(value)).Append(_delimiter);
        }

        line[^1] = '\n';
    }
}
