using System.Buffers.Binary;
using System.Text.RegularExpressions;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.GpuKit.Cuda;

/// <summary>Runs the PTX of the emulator's tests on the GPU: the same text, the same parameters, the same buffers.</summary>
internal sealed unsafe partial class PtxMachine(KitContext context)
{
    private readonly Dictionary<string, CudaModule> _modules = [];

    /// <summary>Runs a program; what it writes lies in the memory's buffers afterwards.</summary>
    public void Run(PtxProgram program, PtxMemory memory, byte[] parameters, PtxLaunch launch)
    {
        lock (context.Device.Gate)
        {
            context.Device.Accelerator.Bind();
            List<(ulong Emulated, ulong Real, byte[] Bytes)> buffers = [];
            try
            {
                foreach ((ulong address, byte[] bytes) in memory.Buffers)
                {
                    buffers.Add((address, Upload(bytes), bytes));
                }

                Launch(ModuleOf(program), Translate(parameters, buffers), launch);
                foreach ((ulong _, ulong real, byte[] bytes) in buffers.Where(buffer => buffer.Bytes.Length > 0))
                {
                    fixed (byte* target = bytes)
                    {
                        CudaDriver.Check(CudaDriver.CopyDown(target, real, (nuint)bytes.Length), "A copy down");
                    }
                }
            }
            finally
            {
                foreach ((ulong _, ulong real, byte[] _) in buffers)
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

    /// <summary>The emulator's addresses are multiples of 2^36, as no other parameter is.</summary>
    private static byte[] Translate(byte[] parameters, List<(ulong Emulated, ulong Real, byte[] Bytes)> buffers)
    {
        byte[] translated = [.. parameters];
        for (int at = 0; at + sizeof(ulong) <= translated.Length; at += sizeof(ulong))
        {
            Span<byte> word = translated.AsSpan(at, sizeof(ulong));
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(word);
            (ulong emulated, ulong real, _) = buffers.Find(buffer => buffer.Emulated == value);
            if (emulated != 0)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(word, real);
            }
        }

        return translated;
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

    private CudaModule ModuleOf(PtxProgram program)
    {
        if (!_modules.TryGetValue(program.Text, out CudaModule? module))
        {
            module = new CudaModule(program.Text, Entry().Match(program.Text).Groups["name"].Value);
            _modules.Add(program.Text, module);
        }

        return module;
    }
}
