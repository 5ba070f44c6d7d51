using System.Text;

namespace GnnReRank.GpuKit.Cuda;

/// <summary>One PTX text as the driver compiled it.</summary>
internal sealed unsafe class CudaModule : IDisposable
{
    private const int LogBytes = 16_384;
    private const int InfoLog = 3;
    private const int InfoLogBytes = 4;
    private const int ErrorLog = 5;
    private const int ErrorLogBytes = 6;
    private const int IsVerbose = 12;

    private readonly nint _module;

    /// <param name="ptx">The text.</param>
    /// <param name="entry">The kernel in it.</param>
    /// <exception cref="CudaException">The driver refuses the text; the message has its compiler's log.</exception>
    public CudaModule(string ptx, string entry)
    {
        byte[] image = Encoding.ASCII.GetBytes(ptx + '\0');
        byte[] info = new byte[LogBytes];
        byte[] error = new byte[LogBytes];
        fixed (byte* text = image, infoText = info, errorText = error)
        {
            int* options = stackalloc int[] { InfoLog, InfoLogBytes, ErrorLog, ErrorLogBytes, IsVerbose };
            void** values = stackalloc void*[] { infoText, (void*)LogBytes, errorText, (void*)LogBytes, (void*)1 };
            int result = CudaDriver.LoadModule(out _module, text, 5, options, values);
            Log = TextOf(info);
            CudaDriver.Check(result, $"The driver refuses {entry}. {TextOf(error)} {Log}".Trim());
        }

        CudaDriver.Check(CudaDriver.GetFunction(out nint function, _module, entry), entry);
        Function = function;
    }

    /// <summary>The kernel.</summary>
    public nint Function { get; }

    /// <summary>What the driver's compiler told.</summary>
    public string Log { get; }

    public int Registers => Attribute(4);

    /// <summary>Bytes a thread keeps in local memory: spilled registers among them.</summary>
    public int LocalBytes => Attribute(3);

    public int SharedBytes => Attribute(1);

    public int MostThreads => Attribute(0);

    /// <summary>The groups of so many threads that a multiprocessor holds at once.</summary>
    public int GroupsTogether(int threads)
    {
        CudaDriver.Check(CudaDriver.GetOccupancy(out int blocks, Function, threads, 0), "Occupancy");
        return blocks;
    }

    public void Dispose() => _ = CudaDriver.UnloadModule(_module);

    private static string TextOf(byte[] log) => Encoding.UTF8.GetString(log).TrimEnd('\0', '\n');

    private int Attribute(int number)
    {
        CudaDriver.Check(CudaDriver.GetFunctionAttribute(out int value, number, Function), "A function's attribute");
        return value;
    }
}
