using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace GnnReRank.Formats.Arrow;

/// <summary>Features as a fixed-size-list column of an uncompressed Arrow IPC file, with the label, camera and name columns that the matrix has.</summary>
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
        Schema schema = SchemaOf(matrix);
        using FileStream file = File.Create(path);
        using ArrowFileWriter writer = new(file, schema, leaveOpen: true);
        writer.WriteStart();
        int rowsPerBatch = Math.Max(1, BatchValues / matrix.Dimension);
        for (int first = 0; first < matrix.RowCount; first += rowsPerBatch)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(rowsPerBatch, matrix.RowCount - first);
            using RecordBatch batch = new(schema, Columns(matrix, schema, first, rows), rows);
            writer.WriteRecordBatch(batch);
            options.Progress?.Report(new StageProgress("Write features", first + rows, matrix.RowCount));
        }

        writer.WriteEnd();
    }

    private static Schema SchemaOf(FeatureMatrix matrix)
    {
        Schema.Builder schema = new Schema.Builder().Field(
            new Field("feature", new FixedSizeListType(new Field("item", FloatType.Default, nullable: false), matrix.Dimension), nullable: false));
        if (matrix.HasLabels)
        {
            schema.Field(new Field("label", Int64Type.Default, nullable: false));
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

    private static IEnumerable<IArrowArray> Columns(FeatureMatrix matrix, Schema schema, int first, int rows)
    {
        float[] values = new float[rows * matrix.Dimension];
        matrix.Storage.Rows(first, rows, values).CopyTo(values);
        FloatArray elements = new FloatArray.Builder().Append(values.AsSpan()).Build();
        List<IArrowArray> columns =
        [
            new FixedSizeListArray(new ArrayData(schema.GetFieldByIndex(0).DataType, rows, 0, 0, [ArrowBuffer.Empty], [elements.Data])),
        ];
        if (matrix.HasLabels)
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
