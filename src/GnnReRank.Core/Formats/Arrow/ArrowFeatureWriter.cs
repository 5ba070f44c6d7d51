using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;
using GnnReRank.Running;

namespace GnnReRank.Formats.Arrow;

/// <summary>Features as a fixed-size-list column of an uncompressed Arrow IPC file, in the precision of the matrix, with the label, camera and name columns that the matrix has.</summary>
internal sealed class ArrowFeatureWriter : IFeatureWriter
{
    /// <summary>The key of the schema's metadata for the role.</summary>
    public const string RoleKey = "gnnrerank.role";

    private const int BatchValues = 1 << 22;

    public FeatureFormat Format => FeatureFormat.Arrow;

    public bool HoldsSeveral => false;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        FeatureMatrix matrix = matrices[0];
        string[]? labels = LabelNumbers.TextsOf(matrix);
        Schema schema = SchemaOf(matrix, labels is not null);
        using FileStream file = File.Create(path);
        using ArrowFileWriter writer = new(file, schema, leaveOpen: true);
        writer.WriteStart();
        int rowsPerBatch = Math.Max(1, BatchValues / matrix.Dimension);
        for (int first = 0; first < matrix.RowCount; first += rowsPerBatch)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(rowsPerBatch, matrix.RowCount - first);
            using RecordBatch batch = new(schema, Columns(matrix, labels, schema, first, rows), rows);
            writer.WriteRecordBatch(batch);
            options.Progress?.Report(new StageProgress("Write features", first + rows, matrix.RowCount, StageUnits.Rows));
        }

        writer.WriteEnd();
    }

    private static Schema SchemaOf(FeatureMatrix matrix, bool areLabelsTexts)
    {
        Schema.Builder schema = new Schema.Builder().Field(
            new Field("feature", new FixedSizeListType(new Field("item", matrix.ElementType == FeatureElementType.Float16 ? HalfFloatType.Default : FloatType.Default, nullable: false), matrix.Dimension), nullable: false));
        if (matrix.HasLabels)
        {
            schema.Field(new Field("label", areLabelsTexts ? StringType.Default : Int64Type.Default, nullable: false));
        }

        if (matrix.HasCameras)
        {
            schema.Field(new Field("camera", Int32Type.Default, nullable: false));
        }

        if (matrix.HasNames)
        {
            schema.Field(new Field("name", StringType.Default, nullable: false));
        }

        return matrix.Role == FeatureRole.None ? schema.Build() : schema.Metadata(RoleKey, matrix.Role.ToString()).Build();
    }

    private static IEnumerable<IArrowArray> Columns(FeatureMatrix matrix, string[]? labels, Schema schema, int first, int rows)
    {
        FixedSizeListType type = (FixedSizeListType)schema.GetFieldByIndex(0).DataType;
        byte[] values = new byte[(long)rows * matrix.Dimension * matrix.Storage.ElementSize];
        matrix.Storage.CopyBytes((long)first * matrix.Dimension * matrix.Storage.ElementSize, values);
        ArrayData elements = new(type.ValueDataType, rows * matrix.Dimension, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(values)]);
        List<IArrowArray> columns = [new FixedSizeListArray(new ArrayData(type, rows, 0, 0, [ArrowBuffer.Empty], [elements]))];
        if (labels is not null)
        {
            columns.Add(new StringArray.Builder().AppendRange(labels.AsSpan(first, rows).ToArray()).Build());
        }
        else if (matrix.HasLabels)
        {
            columns.Add(new Int64Array.Builder().Append(matrix.LabelSpan.Slice(first, rows)).Build());
        }

        if (matrix.HasCameras)
        {
            columns.Add(new Int32Array.Builder().Append(matrix.CameraSpan.Slice(first, rows)).Build());
        }

        if (matrix.HasNames)
        {
            columns.Add(new StringArray.Builder().AppendRange(matrix.NameSpan.Slice(first, rows).ToArray()).Build());
        }

        return columns;
    }
}
