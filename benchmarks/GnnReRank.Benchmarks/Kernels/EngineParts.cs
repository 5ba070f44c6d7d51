using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>The engine's innermost parts, each ready to run alone. All that the benchmarks know of the engine's internals is here.</summary>
internal sealed unsafe class EngineParts : IDisposable
{
    // A panel pair of so many columns stays in the first-level cache.
    private const int PanelDepth = 256;
    private const int TileDepth = 2_048;
    private const int PeakTurns = 4_096;
    private const int PeakChains = 12;

    // Query rows of one range, as in the ranking stage.
    private const int SortRange = 24;

    private readonly TileKernel _kernel;
    private readonly CoarseKernel? _coarse;
    private readonly NativeBuffer<float> _left = new((long)TileMultiplier.TileSize * TileDepth);
    private readonly NativeBuffer<float> _right = new((long)TileMultiplier.TileSize * TileDepth);
    private readonly NativeBuffer<float> _products = new((long)TileMultiplier.TileSize * TileMultiplier.TileSize);

    /// <param name="kernelName">One of <see cref="KernelNames"/>.</param>
    public EngineParts(string kernelName)
    {
        _coarse = CoarseOf(kernelName);
        _kernel = KernelOf(kernelName);
        Random random = new(1);
        foreach (NativeBuffer<float> buffer in (NativeBuffer<float>[])[_left, _right])
        {
            for (long i = 0; i < buffer.Length; i++)
            {
                buffer.Pointer[i] = random.NextSingle() - 0.5f;
            }
        }
    }

    /// <summary>The float32 kernels of this processor, and the int16 one where there is one: its peak is that of float32 in the same registers.</summary>
    public static IEnumerable<string> KernelNames =>
    [
        .. TileKernel.Supported().Select(kernel => kernel.Name),
        .. CoarseKernel.ForThisProcessor() is CoarseKernel coarse ? [coarse.Name] : (string[])[],
    ];

    /// <summary>The approximate graph even where all pairs are as cheap; exact where no reach gives the recall.</summary>
    public static NeighborGraph Nearly(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings settings,
        ComputeOptions options) =>
        ClusterStage.Run(
            query, gallery, neighborCount, settings, CpuKernels.ForThisProcessor, options, isForced: true) ??
        NeighborSearch.Build(query, gallery, neighborCount, options);

    public static long PanelOperations(string kernelName)
    {
        // An int16 panel holds two columns in the room of one.
        (int rows, int columns, int packed) = CoarseOf(kernelName) is CoarseKernel coarse
            ? (coarse.PanelRows, coarse.PanelColumns, 2)
            : (KernelOf(kernelName).PanelRows, KernelOf(kernelName).PanelColumns, 1);
        return 2L * rows * columns * packed * PanelDepth;
    }

    public static long TileOperations => 2L * TileMultiplier.TileSize * TileMultiplier.TileSize * TileDepth;

    public static long PeakOperations(string kernelName) => 2L * PeakTurns * PeakChains * LanesOf(kernelName);

    /// <summary>Multiplies one panel pair.</summary>
    public void MultiplyPanel()
    {
        if (_coarse is not null)
        {
            _coarse.Multiply(
                (int*)_left.Pointer, (int*)_right.Pointer, (int*)_products.Pointer, TileMultiplier.TileSize, PanelDepth, accumulate: false);
        }
        else
        {
            _kernel.Multiply(_left.Pointer, _right.Pointer, _products.Pointer, TileMultiplier.TileSize, PanelDepth, accumulate: false);
        }
    }

    /// <summary>Multiplies one tile over the whole depth.</summary>
    public void MultiplyTile()
    {
        const int size = TileMultiplier.TileSize;
        if (_coarse is not null)
        {
            TileMultiplier.Multiply(
                _coarse, (int*)_left.Pointer, size, (int*)_right.Pointer, size, TileDepth / 2, (int*)_products.Pointer, size,
                CancellationToken.None);
        }
        else
        {
            TileMultiplier.Multiply(
                _kernel, _left.Pointer, size, _right.Pointer, size, TileDepth, _products.Pointer, size, CancellationToken.None);
        }
    }

    /// <summary>Multiplies and adds in registers of this kernel's width alone: what the processor can do at most.</summary>
    public float MultiplyInRegisters() => MultiplyInRegisters(_coarse?.Name ?? _kernel.Name);

    private static float MultiplyInRegisters(string kernelName) => LanesOf(kernelName) switch
    {
        16 => RegisterLoop<Vector512<float>, Lanes512>()[0],
        8 => RegisterLoop<Vector256<float>, Lanes256>()[0],
        4 => RegisterLoop<Vector128<float>, Lanes128>()[0],
        _ => RegisterLoop<float, LanesScalar>(),
    };

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _products.Dispose();
    }

    /// <summary>The neighbour search with float32 products alone, without the int16 pass before them.</summary>
    public static NeighborGraph SearchInSingles(FeatureMatrix query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        NeighborSearch.Build(query, gallery, neighborCount, options, new CpuBackend(new CpuKernels(TileKernel.ForThisProcessor())));

    /// <summary>
    /// All that a method does between the neighbour search and the sort: its scores of every query, and not their
    /// order.
    /// </summary>
    public static long Score(NeighborGraph graph, MethodSettings settings, ComputeOptions options)
    {
        ScoringRecipe recipe = settings switch
        {
            DiffusionSettings diffusion => DiffusionRecipe.Of(diffusion),
            _ => GnnRecipe.Of((GnnReRankSettings)settings),
        };
        using IScoring scoring = CpuScorings.Prepare(
            recipe, new GraphLists(graph), CpuKernels.ForThisProcessor, MemoryBudget.OfMachine(), options);
        Workers.ForRanges(
            options.ThreadCount, graph.Query!.RowCount, SortRange, scoring.CreateScorer, (scorer, from, to) =>
        {
            for (int first = from; first < to; first += scorer.GroupSize)
            {
                scorer.Score(first, Math.Min(scorer.GroupSize, to - first), options.CancellationToken);
            }
        });
        return graph.VertexCount;
    }

    /// <summary>The multiply-adds a second, two operations each, that so many threads reach together in registers of this processor's float32 kernel.</summary>
    public static double PeakRate(int threads)
    {
        const int rounds = 50_000;
        string kernel = TileKernel.ForThisProcessor().Name;
        long start = Stopwatch.GetTimestamp();
        Workers.ForRanges(threads, threads * rounds, rounds, (from, to) =>
        {
            for (int round = from; round < to; round++)
            {
                MultiplyInRegisters(kernel);
            }
        });
        return (double)PeakOperations(kernel) * threads * rounds / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Orders every row of rowCount x width scores, as a full ranking does.</summary>
    public static void SortRows(float[] scores, int rowCount, int width, int[] indices, float[] sorted, int threads) =>
        Workers.ForRanges(threads, rowCount, SortRange, () => new RankSorter(width), (sorter, from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                int start = row * width;
                fixed (float* source = &scores[start])
                {
                    sorter.Order(source, width, cosines: null, query: 0, indices.AsSpan(start, width), sorted.AsSpan(start, width));
                }
            }
        });

    private static CoarseKernel? CoarseOf(string name) =>
        CoarseKernel.ForThisProcessor() is CoarseKernel coarse && coarse.Name == name ? coarse : null;

    private static TileKernel KernelOf(string name) =>
        TileKernel.Supported().SingleOrDefault(kernel => kernel.Name == name) ?? TileKernel.ForThisProcessor();

    private static int LanesOf(string kernelName) => kernelName switch
    {
        _ when kernelName.Contains("512-bit") => 16,
        _ when kernelName.Contains("256-bit") => 8,
        _ when kernelName.Contains("128-bit") => 4,
        _ => 1,
    };

    // Twelve chains: more than latency x throughput of any processor known, fewer than the registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector RegisterLoop<TVector, TLanes>()
        where TVector : unmanaged
        where TLanes : struct, ISimdLanes<TVector>
    {
        TVector x = TLanes.Broadcast(0.999f);
        TVector y = TLanes.Broadcast(0.001f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int turn = 0; turn < PeakTurns; turn++)
        {
            a = TLanes.MultiplyAdd(a, x, y);
            b = TLanes.MultiplyAdd(b, x, y);
            c = TLanes.MultiplyAdd(c, x, y);
            d = TLanes.MultiplyAdd(d, x, y);
            e = TLanes.MultiplyAdd(e, x, y);
            f = TLanes.MultiplyAdd(f, x, y);
            g = TLanes.MultiplyAdd(g, x, y);
            h = TLanes.MultiplyAdd(h, x, y);
            i = TLanes.MultiplyAdd(i, x, y);
            j = TLanes.MultiplyAdd(j, x, y);
            k = TLanes.MultiplyAdd(k, x, y);
            l = TLanes.MultiplyAdd(l, x, y);
        }

        TVector abc = TLanes.MultiplyAdd(a, b, c);
        TVector def = TLanes.MultiplyAdd(d, e, f);
        TVector ghi = TLanes.MultiplyAdd(g, h, i);
        TVector jkl = TLanes.MultiplyAdd(j, k, l);
        return TLanes.MultiplyAdd(TLanes.MultiplyAdd(abc, def, ghi), x, jkl);
    }
}
