using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Running;
using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Parquet;

/// <summary>Features as a list column, with the label, camera and name columns that the matrix has.</summary>
internal sealed class ParquetFeatureWriter : IFeatureWriter
{
    public FeatureFormat Format => FeatureFormat.Parquet;

    public bool HoldsSeveral => false;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        FeatureMatrix matrix = matrices[0];
        Dictionary<string, string> metadata = [];
        if (matrix.Role != FeatureRole.None)
        {
            metadata.Add(ParquetMetadata.Role, matrix.Role.ToString());
        }

        string[]? labels = LabelNumbers.TextsOf(matrix);
        ParquetOutput.Write(path, Columns(matrix, labels), metadata, writer => WriteRows(writer, matrix, labels, options));
    }

    private static List<Node> Columns(FeatureMatrix matrix, string[]? labels)
    {
        List<Node> columns = [ParquetOutput.List("feature", PhysicalType.Float)];
        if (matrix.HasLabels)
        {
            columns.Add(labels is null ? ParquetOutput.Scalar("label", PhysicalType.Int64) : ParquetOutput.Text("label"));
        }

        if (matrix.HasCameras)
        {
            columns.Add(ParquetOutput.Scalar("camera", PhysicalType.Int32));
        }

        if (matrix.HasNames)
        {
            columns.Add(ParquetOutput.Text("name"));
        }

        return columns;
    }

    private static void WriteRows(ParquetFileWriter writer, FeatureMatrix matrix, string[]? labels, ComputeOptions options)
    {
        int rowsPerGroup = Math.Max(1, ParquetOutput.RowGroupValues / matrix.Dimension);
        for (int first = 0; first < matrix.RowCount; first += rowsPerGroup)
        {
            int rows = Math.Min(rowsPerGroup, matrix.RowCount - first);
            using RowGroupWriter group = writer.AppendRowGroup();
            WriteGroup(group, matrix, labels, first, rows, options.CancellationToken);
            options.Progress?.Report(new StageProgress("Write features", first + rows, matrix.RowCount, StageUnits.Rows));
        }
    }

    private static void WriteGroup(RowGroupWriter group, FeatureMatrix matrix, string[]? labels, int first, int rows, CancellationToken cancellation)
    {
        WriteFeatures(group, matrix, first, rows, cancellation);

        if (labels is not null)
        {
            WriteTexts(group, labels.AsSpan(first, rows), cancellation);
        }
        else if (matrix.HasLabels)
        {
            ParquetOutput.WriteNext(group, matrix.LabelSpan.Slice(first, rows), cancellation);
        }

        if (matrix.HasCameras)
        {
            ParquetOutput.WriteNext(group, matrix.CameraSpan.Slice(first, rows), cancellation);
        }

        if (matrix.HasNames)
        {
            WriteTexts(group, matrix.NameSpan.Slice(first, rows), cancellation);
        }
    }

    private static void WriteTexts(RowGroupWriter group, ReadOnlySpan<string> texts, CancellationToken cancellation)
    {
        ParquetTexts encoded = new(texts);
        ParquetOutput.WriteNext(group, encoded.Rows, cancellation);
        GC.KeepAlive(encoded);
    }

    private static void WriteFeatures(RowGroupWriter group, FeatureMatrix matrix, int first, int rows, CancellationToken cancellation)
    {
        using ParquetListWriter<float> features = new(group);
        int batch = Math.Clamp(ParquetOutput.BatchSize / matrix.Dimension, 1, rows);
        float[] buffer = new float[batch * matrix.Dimension];
        for (int done = 0; done < rows; done += batch)
        {
            int count = Math.Min(batch, rows - done);
            features.Write(matrix.Storage.Rows(first + done, count, buffer), matrix.Dimension, cancellation);
        }
    }
}
