
namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>
/// One block of threads. A thread runs until it needs others: its warp at ldmatrix and mma, its block at a barrier. Warps run one
/// after the other from barrier to barrier, as far apart as the barriers let them.
/// </summary>
internal sealed class PtxBlock
{
    private const int WarpSize = 32;
    private readonly PtxCode _code;
    private readonly PtxThread[][] _warps;

    public PtxBlock(PtxCode code, PtxMemory memory, byte[] parameters, PtxLaunch launch, int column, int row)
    {
        _code = code;
        Memory = memory;
        Parameters = parameters;
        Launch = launch;
        Column = column;
        Row = row;

        // Memory that nobody wrote is not zero: NaN in float16 and float32 alike.
        Shared = new byte[Program.SharedBytes];
        Array.Fill(Shared, (byte)0xff);
        _warps = [.. Enumerable.Range(0, launch.Threads).Select(thread => new PtxThread(this, thread)).Chunk(WarpSize)];
    }

    public PtxProgram Program => _code.Program;

    public PtxMemory Memory { get; }

    public byte[] Parameters { get; }

    public byte[] Shared { get; }

    public PtxLaunch Launch { get; }

    public int Column { get; }

    public int Row { get; }

    public void Run()
    {
        // The warps change places at each barrier, so that neither the first nor the last is always ahead.
        for (bool forward = true; ; forward = !forward)
        {
            foreach (PtxThread[] warp in forward ? _warps : _warps.Reverse())
            {
                RunToBarrier(warp);
            }

            PtxThread[] threads = [.. _warps.SelectMany(warp => warp)];
            if (threads.All(thread => thread.Done))
            {
                return;
            }

            if (threads.Any(thread => thread.Done || thread.Next != threads[0].Next))
            {
                throw new InvalidOperationException("A barrier that not all threads reach.");
            }

            Array.ForEach(threads, thread => thread.Next++);
        }
    }

    private void RunToBarrier(PtxThread[] warp)
    {
        while (true)
        {
            foreach (PtxThread thread in warp)
            {
                if (!thread.Done)
                {
                    _code.RunThread(thread);
                }
            }

            if (warp.All(thread => thread.Done) || _code.WarpSteps[warp[0].Next] is not { } together)
            {
                return;
            }

            if (warp.Any(thread => thread.Done || thread.Next != warp[0].Next))
            {
                throw new InvalidOperationException("An instruction of the whole warp that not all its threads reach.");
            }

            together(warp);
            Array.ForEach(warp, thread => thread.Next++);
        }
    }
}
