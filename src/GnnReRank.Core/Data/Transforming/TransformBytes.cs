using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnnReRank.Transforming;

/// <summary>
/// A transform as bytes, little-endian, for files and packs; and back, through checks of every number.
/// </summary>
/// <remarks>
/// Flags (int32: 1 normalise, 2 cameras, 4 components, 8 whiten, 16 a number of components was asked for); columns,
/// rows, cameras and components (int32 each); the shrinkage; cameras and their row counts (int32), the means of the
/// cameras and that of all rows; the mean, the total variance, the variances and the components. All other numbers are
/// float64.
/// </remarks>
internal static class TransformBytes
{
    private const int Normalizes = 1;
    private const int HasCameras = 2;
    private const int HasComponents = 4;
    private const int Whitens = 8;
    private const int Counted = 16;
    private const double LengthTolerance = 1e-6;

    public static byte[] Of(FeatureTransform transform)
    {
        FeatureTransformOptions options = transform.Options;
        using MemoryStream stream = new();
        Write(stream, [
            (options.Normalize ? Normalizes : 0) | (transform.Means is null ? 0 : HasCameras) |
                (transform.Principal is null ? 0 : HasComponents) |
            (options.Whiten ? Whitens : 0) | (options.Components is null ? 0 : Counted),
            transform.Dimension, transform.RowCount, transform.Means?.Cameras.Length ?? 0,
                transform.Principal?.Count ?? 0]);
        Write(stream, [options.Shrinkage]);
        if (transform.Means is CameraMeans means)
        {
            Write<int>(stream, means.Cameras);
            Write<int>(stream, means.RowCounts);
            Write(stream, means.Means);
            Write(stream, means.Total);
        }

        if (transform.Principal is PrincipalComponents principal)
        {
            Write(stream, principal.Mean);
            Write(stream, [principal.TotalVariance]);
            Write(stream, principal.Variances);
            Write(stream, principal.All);
        }

        return stream.ToArray();
    }

    /// <summary>The transform; null, and why, where the bytes are none.</summary>
    public static FeatureTransform? Read(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        const int headLength = (5 * sizeof(int)) + sizeof(double);
        if (bytes.Length < headLength)
        {
            fault = $"{bytes.Length:N0} bytes are too few";
            return null;
        }

        int flags = Take<int>(ref bytes, 1)[0];
        int[] sizes = Take<int>(ref bytes, 4);
        double shrinkage = Take<double>(ref bytes, 1)[0];
        (int dimension, int rows, int cameras, int components) = (sizes[0], sizes[1], sizes[2], sizes[3]);
        bool centers = (flags & HasCameras) != 0;
        bool projects = (flags & HasComponents) != 0;
        bool whitens = (flags & Whitens) != 0;
        bool counted = (flags & Counted) != 0;
        if (flags is < 0 or > 31 || dimension < 1 || rows < 1 || cameras < 0 || components < 0 ||
            centers != cameras > 0 ||
            projects != components > 0 || projects != (whitens || counted) || components > dimension ||
                cameras > rows || !(shrinkage is >= 0 and <= 1))
        {
            fault = $"its head says {dimension} columns, {rows} rows, {cameras} cameras, {components} components, " +
                $"shrinkage {shrinkage}, flags {flags}";
            return null;
        }

        // No number is believed before the bytes for it are there.
        Int128 needed = centers
            ? ((Int128)cameras * 2 * sizeof(int)) + (((Int128)cameras + 1) * dimension * sizeof(double)) : 0;
        needed += projects ? ((Int128)dimension + 1 + components + ((Int128)components * dimension)) * sizeof(double)
            : 0;
        if (bytes.Length != needed)
        {
            fault = $"{needed:N0} bytes are needed for {dimension:N0} columns, {cameras:N0} cameras and " +
                $"{components:N0} components, and there are {bytes.Length:N0}";
            return null;
        }

        CameraMeans? means = centers ? ReadMeans(ref bytes, dimension, cameras, rows, ref fault) : null;
        PrincipalComponents? principal = projects && fault is null
            ? ReadComponents(ref bytes, dimension, components, ref fault) : null;
        FeatureTransformOptions options = new()
        {
            Normalize = (flags & Normalizes) != 0,
            CenterCamera = centers,
            Components = counted ? components : null,
            Whiten = whitens,
            Shrinkage = shrinkage,
        };
        return fault is null ? new FeatureTransform(options, dimension, rows, means, principal) : null;
    }

    private static CameraMeans? ReadMeans(
        ref ReadOnlySpan<byte> bytes, int dimension, int count, int rows, ref string? fault)
    {
        int[] cameras = Take<int>(ref bytes, count);
        int[] rowCounts = Take<int>(ref bytes, count);
        double[] means = Take<double>(ref bytes, count * dimension);
        double[] total = Take<double>(ref bytes, dimension);
        bool ascends = Enumerable.Range(1, count - 1).All(place => cameras[place] > cameras[place - 1]);
        fault = !ascends ? "its cameras do not ascend"
            : Array.Exists(rowCounts, each => each < 1) || rowCounts.Sum(each => (long)each) != rows
                ? $"the rows of its cameras are not {rows:N0} in all"
            : !AreFinite(means) || !AreFinite(total) ? "a mean is not finite"
            : null;
        return fault is null ? new CameraMeans(cameras, rowCounts, means, total) : null;
    }

    private static PrincipalComponents? ReadComponents(
        ref ReadOnlySpan<byte> bytes, int dimension, int count, ref string? fault)
    {
        double[] mean = Take<double>(ref bytes, dimension);
        double total = Take<double>(ref bytes, 1)[0];
        double[] variances = Take<double>(ref bytes, count);
        double[] components = Take<double>(ref bytes, count * dimension);
        bool descends = Enumerable.Range(1, count - 1).All(place => variances[place] <= variances[place - 1]);
        PrincipalComponents result = new(mean, variances, components, total);
        fault = !AreFinite(mean) ? "its mean is not finite"
            : !double.IsFinite(total) || !AreFinite(variances) || !descends || !(variances[^1] > 0) ||
                !(variances[0] <= total * (1 + LengthTolerance))
                ? "its variances are no variances"
            : Enumerable.Range(0, count).Any(
                index => !(Math.Abs(DoubleRow.SumOfSquares(result.Component(index)) - 1) <= LengthTolerance))
                ? "a component has not the length 1"
            : null;
        return fault is null ? result : null;
    }

    private static bool AreFinite(double[] values) => Array.TrueForAll(values, double.IsFinite);

    private static T[] Take<T>(ref ReadOnlySpan<byte> bytes, int count)
        where T : unmanaged
    {
        T[] values = MemoryMarshal.Cast<byte, T>(bytes[..(count * Unsafe.SizeOf<T>())]).ToArray();
        bytes = bytes[(count * Unsafe.SizeOf<T>())..];
        return values;
    }

    private static void Write<T>(MemoryStream stream, ReadOnlySpan<T> values)
        where T : unmanaged => stream.Write(MemoryMarshal.AsBytes(values));
}
