using ILGPU;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Kernels that try the devices and the checks, not the engine.</summary>
internal static class ProbeKernels
{
    public const int GroupSize = 64;

    /// <summary>Shared arrays of three types, pointers into them chosen at run time, atomics on shared and global memory.</summary>
    public static void Everything(ProbeArguments arguments)
    {
        ArrayView<float> scores = SharedMemory.Allocate<float>(GroupSize);
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(GroupSize);
        ArrayView<int> total = SharedMemory.Allocate<int>(2);
        int thread = Group.IdxX;
        int own = arguments.Values[((long)Grid.IdxX * GroupSize) + thread];
        if (thread < 2)
        {
            total[thread] = 0;
        }

        scores[thread] = own;
        keys[thread] = ((ulong)own << 32) | 7;
        Group.Barrier();
        _ = Atomic.Add(ref total[thread & 1], own);
        _ = Atomic.Max(ref arguments.Sums[Grid.IdxX], 0);
        bool large = own > 500;
        float chosen = large ? scores[thread ^ 1] : -scores[thread];
        for (int step = GroupSize / 2; step > 0; step >>= 1)
        {
            Group.Barrier();
            if (thread < step && keys[thread + step] > keys[thread])
            {
                keys[thread] = keys[thread + step];
            }
        }

        Group.Barrier();
        bool inside = ((long)Grid.IdxX * GroupSize) + thread < arguments.Count;
        if (inside)
        {
            arguments.Chosen[((long)Grid.IdxX * GroupSize) + thread] = chosen;
        }

        if (thread == 0)
        {
            arguments.Largest[Grid.IdxX] = keys[0];
            _ = Atomic.CompareExchange(ref arguments.Sums[Grid.IdxX], 0, total[0]);
            _ = Atomic.Add(ref arguments.Sums[Grid.IdxX], total[1]);
        }
    }

    /// <summary>Each turn hands values between threads: the barrier must stay between the store and the load.</summary>
    public static void SwapInLoop(ProbeArguments arguments)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(GroupSize);
        int thread = Group.IdxX;
        int sum = 0;
        for (int turn = 0; turn < arguments.Count; turn++)
        {
            shared[thread] = arguments.Values[((long)turn * GroupSize) + thread];
            Group.Barrier();
            sum += shared[thread ^ 1];
            Group.Barrier();
        }

        arguments.Sums[thread] = sum;
    }

    /// <summary>Wrong on purpose: no barrier between the store and the load.</summary>
    public static void Racy(ProbeArguments arguments)
    {
        ArrayView<int> shared = SharedMemory.Allocate<int>(GroupSize);
        int thread = Group.IdxX;
        shared[thread] = arguments.Values[thread];
        arguments.Sums[thread] = shared[thread ^ 1];
    }

    /// <summary>Wrong on purpose: reads behind the end.</summary>
    public static void OutOfBounds(ProbeArguments arguments) => arguments.Sums[Group.IdxX] = arguments.Values[Group.IdxX + 1];

    /// <summary>Wrong on purpose: an array that no register can hold.</summary>
    public static void Spilling(ProbeArguments arguments)
    {
        ArrayView<int> own = LocalMemory.Allocate<int>(16);
        own[arguments.Count & 15] = arguments.Values[0];
        arguments.Sums[0] = own[Group.IdxX & 15];
    }
}
