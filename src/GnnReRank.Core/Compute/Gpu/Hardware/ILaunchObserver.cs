using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>Is told of every launch: for measurements.</summary>
internal interface ILaunchObserver
{
    /// <summary>A kernel is about to be started.</summary>
    /// <param name="stream">Where it is started.</param>
    /// <param name="kernel">The kernel, compiled already.</param>
    /// <param name="config">Groups and threads.</param>
    /// <param name="arguments">What it reads and writes.</param>
    void Starting<TArguments>(AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
        where TArguments : struct;

    /// <summary>The kernel has been started.</summary>
    void Started(AcceleratorStream stream);
}
