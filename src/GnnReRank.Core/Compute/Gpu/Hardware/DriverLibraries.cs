using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>The drivers' libraries. Machines that only run programs often lack the bare names that ILGPU opens.</summary>
internal static class DriverLibraries
{
    private const string CudaImport = "cuda";
    private const string OpenCLImport = "OpenCL";

    // A driver of the Windows subsystem lies outside the linker's path.
    private static readonly string[] s_linuxCuda = ["libcuda.so.1", "libcuda.so", "/usr/lib/wsl/lib/libcuda.so.1"];
    private static readonly string[] s_linuxOpenCL = ["libOpenCL.so.1", "libOpenCL.so"];

    private static readonly Lazy<nint> s_cuda = new(() => LoadFirst(
        OperatingSystem.IsLinux() ? s_linuxCuda : OperatingSystem.IsWindows() ? ["nvcuda.dll"] : []));

    private static readonly Lazy<nint> s_openCL = new(() => LoadFirst(
        OperatingSystem.IsLinux() ? s_linuxOpenCL
        : OperatingSystem.IsWindows() ? ["OpenCL.dll"]
        : ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]));

    private static int s_isConnected;

    public static bool HasCuda => s_cuda.Value != 0;

    public static bool HasOpenCL => s_openCL.Value != 0;

    /// <summary>Lets ILGPU find the libraries: to be called before its first use of a driver, by whoever comes first.</summary>
    public static void Connect()
    {
        if (Interlocked.Exchange(ref s_isConnected, 1) == 1)
        {
            return;
        }

        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The program that hosts the engine uses ILGPU too, and has set a resolver of its own: an assembly takes one.
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        CudaImport => s_cuda.Value,
        OpenCLImport => s_openCL.Value,
        _ => 0,
    };

    private static nint LoadFirst(string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return library;
            }
        }

        return 0;
    }
}
