using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using GnnReRank.Storage;

namespace GnnReRank;

/// <summary>
/// Image features: <see cref="RowCount"/> x <see cref="Dimension"/> values, row-major, one image a row, with what is known of each
/// image. Kept as float32 or float16, in memory or in a file, and always seen as float32. Immutable and validated when made, so it is
/// safe to share between threads.
/// </summary>
/// <remarks>
/// Every value is finite. Rows need not be normalised: whatever computes similarities divides each row by its L2 norm, once.
/// A row of zeros is allowed here; its cosine with every row is 0. The type deliberately does not implement
/// <see cref="System.Collections.IEnumerable"/>: a PowerShell pipeline would unroll it.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class FeatureMatrix
{
    private readonly FeatureStorage _storage;
    private readonly float[] _inverseNorms;
    private readonly long[]? _labels;
    private readonly int[]? _cameras;
    private readonly string[]? _names;

    /// <summary>Makes a matrix from a copy of the given arrays.</summary>
    /// <param name="values">rowCount x dimension values, row-major; every one finite.</param>
    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="dimension">The number of values a row, at least 1.</param>
    /// <param name="labels">The identity of each row, or null where unknown.</param>
    /// <param name="cameras">The camera of each row, or null where unknown.</param>
    /// <param name="names">The name of each row (often a file name), or null where unknown.</param>
    /// <param name="role">The part the matrix plays.</param>
    /// <param name="source">Where it came from: a path, or other text for people.</param>
    /// <exception cref="GnnReRankException">A length does not fit, there is no row, or a value is NaN or infinite.</exception>
    public FeatureMatrix(
        float[] values,
        int rowCount,
        int dimension,
        IEnumerable<long>? labels = null,
        IEnumerable<int>? cameras = null,
        IEnumerable<string>? names = null,
        FeatureRole role = FeatureRole.None,
        string? source = null)
        : this(
            Copied(values, rowCount, dimension), labels?.ToArray(), cameras?.ToArray(), names?.ToArray(), role, source, inverseNorms: null)
    {
    }

    private FeatureMatrix(
        FeatureStorage storage, long[]? labels, int[]? cameras, string[]? names,
        FeatureRole role, string? source, float[]? inverseNorms)
    {
        FeatureMatrixChecks.Length(labels?.Length, storage.RowCount, "labels");
        FeatureMatrixChecks.Length(cameras?.Length, storage.RowCount, "cameras");
        FeatureMatrixChecks.Length(names?.Length, storage.RowCount, "names");
        _storage = storage;
        _labels = labels;
        _cameras = cameras;
        _names = names;
        Role = role;
        Source = source;
        _inverseNorms = inverseNorms ?? RowNorms.InverseOf(storage);
        RowNorms.RequireFinite(storage, _inverseNorms);
        IsNormalized = RowNorms.AreOne(_inverseNorms);
        Labels = labels is null ? null : new ResultList<long>(labels);
        Cameras = cameras is null ? null : new ResultList<int>(cameras);
        Names = names is null ? null : new ResultList<string>(names);
    }

    /// <summary>The number of rows (images).</summary>
    public int RowCount => _storage.RowCount;

    /// <summary>The number of values a row.</summary>
    public int Dimension => _storage.Dimension;

    /// <summary>The precision in which the values are kept; they are always seen as float32.</summary>
    public FeatureElementType ElementType => _storage.ElementType;

    /// <summary>
    /// Whether the values stay in their file and are read from it as they are used. That file must not be changed or cut short while
    /// the matrix is in use: reading beyond its new end stops the process.
    /// </summary>
    public bool IsMemoryMapped => _storage.IsMemoryMapped;

    /// <summary>The part the matrix plays: query, gallery or none.</summary>
    public FeatureRole Role { get; }

    /// <summary>Where the matrix came from, or null.</summary>
    public string? Source { get; }

    /// <summary>Whether every row has an L2 norm of 1, to within 0.001.</summary>
    public bool IsNormalized { get; }

    /// <summary>The identity of each row; null where unknown. -1 marks junk by the field's convention.</summary>
    public ReadOnlyCollection<long>? Labels { get; }

    /// <summary>The camera of each row; null where unknown.</summary>
    public ReadOnlyCollection<int>? Cameras { get; }

    /// <summary>The name of each row; null where unknown.</summary>
    public ReadOnlyCollection<string>? Names { get; }

    /// <summary>Whether the identity of each row is known.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>Whether the camera of each row is known.</summary>
    public bool HasCameras => _cameras is not null;

    /// <summary>Whether the name of each row is known.</summary>
    public bool HasNames => _names is not null;

    /// <summary>The number of different labels, or null where unknown.</summary>
    public int? IdentityCount => _labels?.Distinct().Count();

    /// <summary>The number of different cameras, or null where unknown.</summary>
    public int? CameraCount => _cameras?.Distinct().Count();

    /// <summary>One value.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="column">0-based column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row or column is outside the matrix.</exception>
    public float this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Dimension);
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
            return _storage.Value(row, column);
        }
    }

    /// <summary>A copy of one row.</summary>
    /// <param name="row">0-based row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    public float[] GetRow(int row) => GetRowSpan(row).ToArray();

    /// <summary>One row: without a copy where the matrix keeps float32 in memory, otherwise as a new array.</summary>
    /// <param name="row">0-based row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    public ReadOnlySpan<float> GetRowSpan(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        return _storage.Row(row);
    }

    /// <summary>A copy of all values as a two-dimensional array, <see cref="RowCount"/> x <see cref="Dimension"/>.</summary>
    /// <exception cref="GnnReRankException">A memory-mapped matrix has more values than one array holds.</exception>
    public float[,] ToArray()
    {
        int count = FeatureMatrixChecks.ElementCount(RowCount, Dimension);
        float[,] copy = new float[RowCount, Dimension];
        _storage.CopyRows(0, RowCount, MemoryMarshal.CreateSpan(ref copy[0, 0], count));
        return copy;
    }

    /// <summary>The same rows in another role; the values are shared, not copied.</summary>
    /// <param name="role">The part the new matrix plays.</param>
    public FeatureMatrix WithRole(FeatureRole role) => role == Role
        ? this
        : new FeatureMatrix(_storage, _labels, _cameras, _names, role, Source, _inverseNorms);

    /// <summary>A line for people: role, shape, how the values are kept where that is special, what is known of the rows.</summary>
    public override string ToString()
    {
        string role = Role == FeatureRole.None ? "features" : Role.ToString().ToLowerInvariant();
        string labels = HasLabels ? $", {IdentityCount:N0} identities" : string.Empty;
        string cameras = HasCameras ? $", {CameraCount:N0} cameras" : string.Empty;
        string mapped = IsMemoryMapped ? ", memory-mapped" : string.Empty;
        string precision = ElementType == FeatureElementType.Float32 ? string.Empty : $", {ElementType.ToString().ToLowerInvariant()}";
        return $"{role} {RowCount:N0} x {Dimension:N0}{mapped}{precision}{labels}{cameras}";
    }

    /// <summary>Makes a matrix from a copy of rows that lie apart.</summary>
    /// <param name="rows">The rows, all of one length; every value finite.</param>
    /// <param name="labels">The identity of each row, or null where unknown.</param>
    /// <param name="cameras">The camera of each row, or null where unknown.</param>
    /// <param name="names">The name of each row, or null where unknown.</param>
    /// <param name="role">The part the matrix plays.</param>
    /// <param name="source">Where the rows came from, or null.</param>
    /// <exception cref="GnnReRankException">A length does not fit, there is no row, or a value is NaN or infinite.</exception>
    public static FeatureMatrix FromRows(
        IReadOnlyList<float[]> rows, IEnumerable<long>? labels = null, IEnumerable<int>? cameras = null,
        IEnumerable<string>? names = null, FeatureRole role = FeatureRole.None, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int dimension = rows.Count == 0 ? 0 : rows[0].Length;
        float[] values = new float[FeatureMatrixChecks.ElementCount(rows.Count, dimension)];
        for (int row = 0; row < rows.Count; row++)
        {
            FeatureMatrixChecks.RowLength(rows[row].Length, dimension, row);
            rows[row].CopyTo(values, row * dimension);
        }

        FeatureMatrixChecks.Shape(values, rows.Count, dimension);
        return Adopt(
            new ArrayStorage<float>(values, rows.Count, dimension),
            labels?.ToArray(), cameras?.ToArray(), names?.ToArray(), role, source, inverseNorms: null);
    }

    /// <summary>Makes a matrix that owns what it is given; the caller must not touch the arrays afterwards.</summary>
    internal static FeatureMatrix Adopt(
        FeatureStorage storage, long[]? labels, int[]? cameras, string[]? names, FeatureRole role, string? source, float[]? inverseNorms) =>
        new(storage, labels, cameras, names, role, source, inverseNorms);

    /// <summary>The values, wherever they lie.</summary>
    internal FeatureStorage Storage => _storage;

    /// <summary>1 / L2 norm of each row; 0 for a row of zeros.</summary>
    internal ReadOnlySpan<float> InverseNorms => _inverseNorms;

    /// <summary>The labels themselves, as those below: never to be written.</summary>
    internal long[]? LabelArray => _labels;

    internal int[]? CameraArray => _cameras;

    internal string[]? NameArray => _names;

    internal ReadOnlySpan<long> LabelSpan => _labels;

    internal ReadOnlySpan<int> CameraSpan => _cameras;

    internal ReadOnlySpan<string> NameSpan => _names;

    private static ArrayStorage<float> Copied(float[] values, int rowCount, int dimension)
    {
        ArgumentNullException.ThrowIfNull(values);
        FeatureMatrixChecks.Shape(values, rowCount, dimension);
        return new ArrayStorage<float>((float[])values.Clone(), rowCount, dimension);
    }
}
