namespace GnnReRank.Tests.Oracle;

/// <summary>
/// The methods that refine rows or correct scores, as their definitions read, in dense float64: n_q x n_g scores.
/// Lists go by cosine, ties by index, the row itself first.
/// </summary>
internal sealed class RefinementOracle
{
    private readonly double[][] _rows;
    private readonly int _queryCount;
    private readonly int[] _cameras;

    public RefinementOracle(FeatureMatrix query, FeatureMatrix gallery)
    {
        _rows = Normalised([.. RowsOf(query), .. RowsOf(gallery)]);
        _queryCount = query.RowCount;
        _cameras = [.. query.Cameras ?? [], .. gallery.Cameras ?? []];
    }

    private IEnumerable<int> Queries => Enumerable.Range(0, _queryCount);

    private IEnumerable<int> Gallery => Enumerable.Range(_queryCount, _rows.Length - _queryCount);

    private IEnumerable<int> All => Enumerable.Range(0, _rows.Length);

    public double[][] Expansion(QueryExpansionSettings settings)
    {
        double[] Expanded(int row, IEnumerable<int> among, int count) => Nearest(_rows, row, among)
            .Where(other => other != row)
            .Take(count)
            .Aggregate(_rows[row], (sum, other) => Sum(sum, _rows[other], Math.Pow(Math.Max(Dot(_rows[row], _rows[other]), 0), settings.Exponent)));
        double[][] expanded = [.. All.Select(row =>
            settings.Joint ? Expanded(row, All, settings.Neighbors)
            : row < _queryCount ? Expanded(row, Gallery, settings.Neighbors)
            : Expanded(row, Gallery, settings.DatabaseNeighbors))];
        return Cosines(Normalised(expanded));
    }

    public double[][] Convolution(GraphConvolutionSettings settings)
    {
        double[][] x = settings.Ridge is double ridge ? Normalised(Whitened(ridge)) : _rows;
        for (int round = 0; round < settings.Rounds; round++)
        {
            double[][] before = x;
            double share = settings.CrossCamera ? settings.OtherCameraWeight : 0;
            double[][] smooth = Smoothed(before, row => Nearest(before, row, All).Take(settings.Neighbors), settings.Temperature);
            double[][] cross = !settings.CrossCamera ? smooth : Smoothed(
                before,
                row => Nearest(before, row, All.Where(other => other == row || _cameras[other] != _cameras[row])).Take(settings.OtherCameraNeighbors),
                settings.OtherCameraTemperature);
            x = Normalised([.. All.Select(row => Sum(Scaled(smooth[row], 1 - share), cross[row], share))]);
        }

        return Cosines(x);
    }

    public double[][] SuperGlobal(SuperGlobalSettings settings) => [.. Queries.Select(query =>
    {
        double[] scores = new double[_rows.Length];
        int[] list = [.. Nearest(_rows, query, Gallery)];
        int[] head = [.. list.Take(settings.Candidates)];
        Dictionary<int, (double[] Sum, double Weights)> refined = head.ToDictionary(row => row, row => Refined(row, head, settings));

        // One division at the end: where sums are exact, what ties by definition ties here.
        double Product(double[] vector, int row) => Dot(vector, refined[row].Sum) / refined[row].Weights;
        int[] best = [.. head.OrderByDescending(row => Product(_rows[query], row)).Take(settings.Neighbors + 1)];
        double[] expanded = [.. Enumerable.Range(0, _rows[0].Length).Select(column => best.Max(row => refined[row].Sum[column] / refined[row].Weights))];
        foreach (int row in head)
        {
            scores[row] = (Product(_rows[query], row) + Product(expanded, row)) / 2;
        }

        double lowest = head.Min(row => scores[row]);
        foreach (int row in list.Skip(head.Length))
        {
            scores[row] = lowest + Dot(_rows[query], _rows[row]) - Dot(_rows[query], _rows[head[^1]]);
        }

        return scores[_queryCount..];
    })];

    public double[][] Normalization(NeighborNormalizationSettings settings)
    {
        double[] offsets = [.. Gallery.Select(row =>
        {
            IEnumerable<int> bank = settings.Bank == NormalizationBank.Query ? Queries : Gallery.Where(other => other != row);
            return settings.Weight * bank.Select(other => Dot(_rows[row], _rows[other])).OrderDescending().Take(settings.Neighbors).DefaultIfEmpty(0).Average();
        })];
        return [.. Cosines(_rows).Select(scores => scores.Select((score, row) => score - offsets[row]).ToArray())];
    }

    /// <summary>g' of a row, as a sum and what it is divided by; ties go by the place in the head.</summary>
    private (double[] Sum, double Weights) Refined(int row, int[] head, SuperGlobalSettings settings)
    {
        int[] near = [.. head.Where(other => other != row).OrderByDescending(other => Dot(_rows[row], _rows[other])).Take(settings.Neighbors)];
        double[] weights = [.. near.Select(other => settings.NeighborWeight * Math.Max(Dot(_rows[row], _rows[other]), 0))];
        return (near.Zip(weights).Aggregate(_rows[row], (sum, pair) => Sum(sum, _rows[pair.First], pair.Second)), 1 + weights.Sum());
    }

    private static IEnumerable<double[]> RowsOf(FeatureMatrix matrix) => Enumerable.Range(0, matrix.RowCount)
        .Select(row => matrix.GetRow(row).Select(value => (double)value).ToArray());

    private static double[][] Normalised(double[][] rows) => [.. rows.Select(row =>
    {
        double norm = Math.Sqrt(Dot(row, row));
        return norm == 0 ? row : Scaled(row, 1 / norm);
    })];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Scaled(double[] row, double factor) => [.. row.Select(value => value * factor)];

    private static double[] Sum(double[] a, double[] b, double factor) => [.. a.Zip(b, (x, y) => x + (factor * y))];

    private static IEnumerable<int> Nearest(double[][] x, int row, IEnumerable<int> among) => among
        .OrderByDescending(other => other == row ? double.PositiveInfinity : Dot(x[row], x[other]))
        .ThenBy(other => other);

    private static double[][] Smoothed(double[][] x, Func<int, IEnumerable<int>> listed, double temperature)
    {
        double[,] a = new double[x.Length, x.Length];
        for (int row = 0; row < x.Length; row++)
        {
            foreach (int other in listed(row))
            {
                a[row, other] = Math.Exp(Dot(x[row], x[other]) / temperature);
            }
        }

        double[] rowSums = [.. Enumerable.Range(0, x.Length).Select(row => Enumerable.Range(0, x.Length).Sum(other => a[row, other]))];
        double[] columnSums = [.. Enumerable.Range(0, x.Length).Select(other => Enumerable.Range(0, x.Length).Sum(row => a[row, other]))];
        return [.. Enumerable.Range(0, x.Length).Select(row => Enumerable.Range(0, x.Length)
            .Aggregate(new double[x[0].Length], (sum, other) => Sum(sum, x[other], a[row, other] / Math.Sqrt(rowSums[row] * columnSums[other]))))];
    }

    /// <summary>
    /// (x - mean) (Y^T Y + n ridge I)^-1, camera by camera, by elimination: one solution a row, as the matrix is
    /// symmetric.
    /// </summary>
    private double[][] Whitened(double ridge)
    {
        double[][] whitened = new double[_rows.Length][];
        int dimension = _rows[0].Length;
        foreach (int camera in _cameras.Distinct())
        {
            double[][] learned = [.. Gallery.Where(row => _cameras[row] == camera).Select(row => _rows[row])];
            double[] mean = Scaled(learned.Aggregate((sum, row) => Sum(sum, row, 1)), 1.0 / learned.Length);
            foreach (int row in All.Where(row => _cameras[row] == camera))
            {
                double[][] system = [.. Enumerable.Range(0, dimension).Select(i => Enumerable.Range(0, dimension)
                    .Select(j => learned.Sum(y => y[i] * y[j]) + (i == j ? learned.Length * ridge : 0))
                    .Append(_rows[row][i] - mean[i]).ToArray())];
                whitened[row] = Solved(system);
            }
        }

        return whitened;
    }

    private static double[] Solved(double[][] system)
    {
        for (int pivot = 0; pivot < system.Length; pivot++)
        {
            system[pivot] = Scaled(system[pivot], 1 / system[pivot][pivot]);
            for (int row = 0; row < system.Length; row++)
            {
                system[row] = row == pivot ? system[row] : Sum(system[row], system[pivot], -system[row][pivot]);
            }
        }

        return [.. system.Select(row => row[^1])];
    }

    private double[][] Cosines(double[][] x) => [.. Queries.Select(query => Gallery.Select(row => Dot(x[query], x[row])).ToArray())];
}
