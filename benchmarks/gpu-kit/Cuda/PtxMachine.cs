using System.Text.RegularExpressions;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.GpuKit.Cuda;

/// <summary>Runs the PTX of the emulator's tests on the GPU: the same text, the same parameters, the same
/// buffers; where a test wants products and sums apart, each with a rounding named, so that the driver leaves them.</summary>
internal sealed unsafe partial class PtxMachine(KitContext context)
{
    private readonly Dictionary<string, CudaModule> _modules = [];

    /// <summary>Runs a program; what it writes lies in the memory's buffers afterwards.</summary>
    public void Run(PtxCode code, PtxMemory memory, byte[] parameters, PtxLaunch launch)
    {
        lock (context.Device.Gate)
        {
            context.Device.Accelerator.Bind();
            PtxAddresses addresses = new();
            List<(ulong Real, byte[] Bytes)> buffers = [];
            try
            {
                foreach ((ulong emulated, byte[] bytes) in memory.Buffers)
                {
                    ulong real = Upload(bytes);
                    buffers.Add((real, bytes));
                    addresses.Add(emulated, real, bytes.Length);
                }

                Launch(ModuleOf(code), addresses.Translate(parameters), launch);
                foreach ((ulong real, byte[] bytes) in buffers.Where(buffer => buffer.Bytes.Length > 0))
                {
                    fixed (byte* target = bytes)
                    {
                        CudaDriver.Check(CudaDriver.CopyDown(target, real, (nuint)bytes.Length), "A copy down");
                    }
                }
            }
            finally
            {
                foreach ((ulong real, byte[] _) in buffers)
                {
                    _ = CudaDriver.Free(real);
                }
            }
        }
    }

    [GeneratedRegex(@"\.entry (?<name>\w+)")]
    private static partial Regex Entry();

    private static ulong Upload(byte[] bytes)
    {
        CudaDriver.Check(CudaDriver.Allocate(out ulong address, (nuint)Math.Max(1, bytes.Length)), "Memory");
        if (bytes.Length == 0)
        {
            return address;
        }

        fixed (byte* source = bytes)
        {
            CudaDriver.Check(CudaDriver.CopyUp(address, source, (nuint)bytes.Length), "A copy up");
        }

        return address;
    }

    private static void Launch(CudaModule module, byte[] parameters, PtxLaunch launch)
    {
        nuint size = (nuint)parameters.Length;
        fixed (byte* bytes = parameters)
        {
            // CU_LAUNCH_PARAM_BUFFER_POINTER, _SIZE, _END.
            void** extra = stackalloc void*[] { (void*)1, bytes, (void*)2, &size, null };
            CudaDriver.Check(
                CudaDriver.Launch(
                    module.Function, (uint)launch.Columns, (uint)launch.Rows, 1, (uint)launch.Threads, 1, 1, 0, 0, null, extra),
                "A launch");
        }

        CudaDriver.Check(CudaDriver.Synchronize(), "A kernel");
    }

    private CudaModule ModuleOf(PtxCode code)
    {
        string text = code.Fuses ? code.Program.Text : PtxFusion.Forbidden(code.Program.Text);
        if (!_modules.TryGetValue(text, out CudaModule? module))
        {
            module = new CudaModule(text, Entry().Match(text).Groups["name"].Value);
            _modules.Add(text, module);
        }

        return module;
    }
}
