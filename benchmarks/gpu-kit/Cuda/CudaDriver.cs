using System.Runtime.InteropServices;

namespace GnnReRank.GpuKit.Cuda;

/// <summary>The few functions of the driver's library that the kit calls itself. All but the first ones want a context.</summary>
internal static partial class CudaDriver
{
    private const string Library = "cuda";

    private static readonly string[] s_names = OperatingSystem.IsWindows()
        ? ["nvcuda.dll"]
        : ["libcuda.so.1", "libcuda.so", "/usr/lib/wsl/lib/libcuda.so.1"];

    private static readonly Lazy<nint> s_library = new(Load);

    static CudaDriver() => NativeLibrary.SetDllImportResolver(
        typeof(CudaDriver).Assembly, static (name, _, _) => name == Library ? s_library.Value : 0);

    /// <summary>Whether the driver's library is there and can be loaded.</summary>
    public static bool IsThere => s_library.Value != 0;

    /// <summary>The names that were looked for.</summary>
    public static string Names => string.Join(", ", s_names);

    /// <summary>Fails where a call did.</summary>
    /// <exception cref="CudaException">The driver's error, in its words.</exception>
    public static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new CudaException(result, $"{what}: {TextOf(result)} ({result})");
        }
    }

    /// <summary>What the driver says of an error.</summary>
    public static unsafe string TextOf(int result) =>
        GetErrorString(result, out byte* text) == 0 ? Marshal.PtrToStringUTF8((nint)text) ?? "unknown error" : "unknown error";

    [LibraryImport(Library, EntryPoint = "cuInit")]
    public static partial int Init(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDriverGetVersion")]
    public static partial int GetVersion(out int version);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    public static partial int GetDeviceCount(out int count);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    public static partial int GetDeviceAttribute(out int value, int attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuCtxGetDevice")]
    public static partial int GetDevice(out int device);

    [LibraryImport(Library, EntryPoint = "cuMemGetInfo_v2")]
    public static partial int GetMemory(out nuint free, out nuint total);

    [LibraryImport(Library, EntryPoint = "cuMemAlloc_v2")]
    public static partial int Allocate(out ulong address, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemFree_v2")]
    public static partial int Free(ulong address);

    [LibraryImport(Library, EntryPoint = "cuMemsetD8_v2")]
    public static partial int Fill(ulong address, byte value, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemcpyHtoD_v2")]
    public static unsafe partial int CopyUp(ulong target, byte* source, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoH_v2")]
    public static unsafe partial int CopyDown(byte* target, ulong source, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoD_v2")]
    public static partial int Copy(ulong target, ulong source, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuCtxSynchronize")]
    public static partial int Synchronize();

    [LibraryImport(Library, EntryPoint = "cuModuleLoadDataEx")]
    public static unsafe partial int LoadModule(out nint module, byte* image, uint count, int* options, void** values);

    [LibraryImport(Library, EntryPoint = "cuModuleUnload")]
    public static partial int UnloadModule(nint module);

    [LibraryImport(Library, EntryPoint = "cuModuleGetFunction", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetFunction(out nint function, nint module, string name);

    [LibraryImport(Library, EntryPoint = "cuFuncGetAttribute")]
    public static partial int GetFunctionAttribute(out int value, int attribute, nint function);

    [LibraryImport(Library, EntryPoint = "cuFuncSetAttribute")]
    public static partial int SetFunctionAttribute(nint function, int attribute, int value);

    [LibraryImport(Library, EntryPoint = "cuOccupancyMaxActiveBlocksPerMultiprocessor")]
    public static partial int GetOccupancy(out int blocks, nint function, int threads, nuint dynamicShared);

    [LibraryImport(Library, EntryPoint = "cuLaunchKernel")]
    public static unsafe partial int Launch(
        nint function, uint columns, uint rows, uint layers, uint threads, uint threadRows, uint threadLayers,
        uint dynamicShared, nint stream, void** parameters, void** extra);

    [LibraryImport(Library, EntryPoint = "cuGetErrorString")]
    private static unsafe partial int GetErrorString(int result, out byte* text);

    private static nint Load()
    {
        foreach (string name in s_names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return library;
            }
        }

        return 0;
    }
}
