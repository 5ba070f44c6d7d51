using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>The functions of libcuda that the engine reaches, each by its name but for the first letter, on an <see cref="EmulatedDriver"/>.</summary>
internal static unsafe class DriverExports
{
    private const string LibraryName = "libcuda.so.1";
    private const int Version = 12_090;
    private const int IndependentStream = 1;
    private const int NotReady = 600;
    private const int BufferPointer = 1;
    private const int BufferSize = 2;
    private const int DynamicSharedAttribute = 8;

    private static readonly Dictionary<int, int> s_attributes = new()
    {
        [1] = 1024, [2] = 1024, [3] = 1024, [4] = 64, [5] = int.MaxValue, [6] = 65_535, [7] = 65_535,
        [8] = EmulatedDriver.SharedWithoutAsking, [9] = 65_536, [10] = 32, [11] = int.MaxValue, [12] = 65_536,
        [13] = 1_980_000, [16] = 2, [19] = 1, [36] = 2_619_000, [37] = 5_120, [38] = 50 << 20, [39] = 2_048, [40] = 3,
        [41] = 1, [75] = 9, [76] = 0, [81] = 228 * 1024, [82] = 65_536, [83] = 1, [90] = 1, [91] = 1,
        [97] = EmulatedDriver.MostShared,
    };

    // The second device: an Ampere card of little shared memory, whose driver refuses the tensor cores' instructions.
    private static readonly Dictionary<int, int> s_secondAttributes = new(s_attributes)
    {
        [34] = 1, [75] = 8, [76] = 6, [81] = 100 * 1024, [97] = 99 * 1024,
    };

    private static EmulatedDriver s_driver = new();

    [ThreadStatic]
    private static nint s_context;

    private static nint s_lastError;

    /// <summary>The device behind the library.</summary>
    public static EmulatedDriver Driver => s_driver;

    /// <summary>Puts the library in the place of NVIDIA's, for this process; before any call of it.</summary>
    /// <param name="folder">Receives the library's file.</param>
    /// <param name="driver">The device.</param>
    public static void Install(string folder, EmulatedDriver driver)
    {
        s_driver = driver;
        MethodInfo[] functions =
        [
            .. typeof(DriverExports).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
                .Where(method => method.IsDefined(typeof(UnmanagedCallersOnlyAttribute))),
        ];

        // Of this process alone: a file that another one has loaded must not change.
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{Environment.ProcessId}")).FullName, LibraryName);
        JumpLibrary.Write(path, LibraryName, [.. functions.Select(method => $"cu{method.Name["Cu".Length..]}")]);
        nint* table = (nint*)JumpLibrary.TableOf(NativeLibrary.Load(path));
        for (int at = 0; at < functions.Length; at++)
        {
            table[at] = functions[at].MethodHandle.GetFunctionPointer();
        }
    }

    [UnmanagedCallersOnly]
    private static int CuInit(int flags) => 0;

    [UnmanagedCallersOnly]
    private static int CuDriverGetVersion(int* version) => Set(version, Version);

    [UnmanagedCallersOnly]
    private static int CuDeviceGetCount(int* count) => Set(count, 2);

    [UnmanagedCallersOnly]
    private static int CuDeviceGet(int* device, int ordinal) => Set(device, ordinal);

    [UnmanagedCallersOnly]
    private static int CuDeviceGetName(byte* name, int length, int device)
    {
        Encoding.ASCII.GetBytes(device == 0 ? "Emulated Hopper\0" : "Emulated Ampere\0").CopyTo(new Span<byte>(name, length));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int CuDeviceTotalMem_v2(long* bytes, int device) => Set(bytes, s_driver.TotalBytes);

    [UnmanagedCallersOnly]
    private static int CuDeviceGetAttribute(int* value, int attribute, int device) =>
        Set(value, (device == 0 ? s_attributes : s_secondAttributes).GetValueOrDefault(attribute));

    [UnmanagedCallersOnly]
    private static int CuCtxCreate_v2(nint* context, int flags, int device)
    {
        s_context = device + 1;
        return Set(context, s_context);
    }

    [UnmanagedCallersOnly]
    private static int CuCtxDestroy_v2(nint context) => 0;

    [UnmanagedCallersOnly]
    private static int CuCtxSetCurrent(nint context)
    {
        s_context = context;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int CuCtxGetDevice(int* device)
    {
        int current = (int)s_context - 1;
        int result = Do(() => { });
        return result == 0 ? Set(device, current) : result;
    }

    [UnmanagedCallersOnly]
    private static int CuCtxSynchronize() => Do(s_driver.Queue.FinishAll);

    [UnmanagedCallersOnly]
    private static int CuCtxGetCacheConfig(int* configuration) => Set(configuration, 0);

    [UnmanagedCallersOnly]
    private static int CuCtxSetCacheConfig(int configuration) => 0;

    [UnmanagedCallersOnly]
    private static int CuCtxGetSharedMemConfig(int* configuration) => Set(configuration, 0);

    [UnmanagedCallersOnly]
    private static int CuCtxSetSharedMemConfig(int configuration) => 0;

    [UnmanagedCallersOnly]
    private static int CuDeviceCanAccessPeer(int* can, int device, int other) => Set(can, 0);

    [UnmanagedCallersOnly]
    private static int CuMemGetInfo_v2(long* free, long* total)
    {
        long used = 0;
        int result = Do(() => used = s_driver.UsedBytes);
        *free = s_driver.TotalBytes - used;
        return result == 0 ? Set(total, s_driver.TotalBytes) : result;
    }

    [UnmanagedCallersOnly]
    private static int CuMemAlloc_v2(ulong* address, long bytes)
    {
        ulong given = 0;
        int result = Do(() => given = s_driver.Allocate(bytes));
        *address = given;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuMemFree_v2(ulong address) => Do(() => s_driver.Free(address));

    [UnmanagedCallersOnly]
    private static int CuMemAllocHost_v2(nint* address, long bytes)
    {
        *address = (nint)NativeMemory.AlignedAlloc((nuint)bytes, 4096);
        nint given = *address;
        return Do(() => s_driver.Lock(given, bytes));
    }

    [UnmanagedCallersOnly]
    private static int CuMemFreeHost(nint address)
    {
        int result = Do(() => s_driver.Unlock(address));
        NativeMemory.AlignedFree((void*)address);
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuMemHostRegister_v2(nint address, long bytes, int flags) => Do(() => s_driver.Lock(address, bytes));

    [UnmanagedCallersOnly]
    private static int CuMemHostUnregister(nint address) => Do(() => s_driver.Unlock(address));

    [UnmanagedCallersOnly]
    private static int CuMemcpyAsync(ulong to, ulong from, long length, nint stream) =>
        Do(() => s_driver.Copy(to, from, length, stream));

    [UnmanagedCallersOnly]
    private static int CuMemsetD8Async(ulong address, byte value, long length, nint stream) =>
        Do(() => s_driver.Fill(address, value, length, stream));

    // Those without a stream: the default one, and the process waits for a copy that it takes part in.
    [UnmanagedCallersOnly]
    private static int CuMemcpyHtoD_v2(ulong to, ulong from, long length) => Do(() => CopyAndWait(to, from, length));

    [UnmanagedCallersOnly]
    private static int CuMemcpyDtoH_v2(ulong to, ulong from, long length) => Do(() => CopyAndWait(to, from, length));

    [UnmanagedCallersOnly]
    private static int CuMemcpyDtoD_v2(ulong to, ulong from, long length) => Do(() => s_driver.Copy(to, from, length, 0));

    [UnmanagedCallersOnly]
    private static int CuMemsetD8_v2(ulong address, byte value, long length) =>
        Do(() => s_driver.Fill(address, value, length, 0));

    [UnmanagedCallersOnly]
    private static int CuStreamCreate(nint* stream, int flags)
    {
        nint given = 0;
        int result = Do(() => given = s_driver.Queue.Create((flags & IndependentStream) != 0));
        *stream = given;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuStreamDestroy_v2(nint stream) => Do(() => s_driver.Queue.Finish(stream));

    [UnmanagedCallersOnly]
    private static int CuStreamSynchronize(nint stream) => Do(() => s_driver.Queue.Finish(stream));

    [UnmanagedCallersOnly]
    private static int CuGetErrorString(int error, nint* text)
    {
        string message = $"{(DriverResult)error} of the emulated driver. {s_driver.Fault}";
        Marshal.FreeHGlobal(s_lastError);
        s_lastError = Marshal.StringToHGlobalAnsi(message);
        return Set(text, s_lastError);
    }

    [UnmanagedCallersOnly]
    private static int CuModuleLoadDataEx(nint* module, byte* text, int count, int* options, nint* values)
    {
        nint given = 0;
        string kernel = Marshal.PtrToStringAnsi((nint)text)!;
        bool isRefused = s_context == 2 && kernel.Contains("mma.sync", StringComparison.Ordinal);
        int result = isRefused ? (int)DriverResult.InvalidPtx : Do(() => given = s_driver.Load(kernel));
        *module = given;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuModuleUnload(nint module) => 0;

    [UnmanagedCallersOnly]
    private static int CuModuleGetFunction(nint* function, nint module, byte* name)
    {
        *function = module;
        string wanted = Marshal.PtrToStringAnsi((nint)name)!;
        return Do(() =>
        {
            if (s_driver.FunctionOf(module).Name != wanted)
            {
                throw new DriverFault(DriverResult.NotFound, wanted);
            }
        });
    }

    [UnmanagedCallersOnly]
    private static int CuFuncSetAttribute(nint function, int attribute, int value) => Do(() =>
    {
        DriverFunction kernel = s_driver.FunctionOf(function);
        if (attribute != DynamicSharedAttribute || kernel.Code.Program.SharedBytes + value > EmulatedDriver.MostShared)
        {
            throw new DriverFault(DriverResult.InvalidValue, $"Attribute {attribute} = {value}.");
        }

        kernel.MostDynamicShared = value;
    });

    [UnmanagedCallersOnly]
    private static int CuFuncGetAttribute(int* value, int attribute, nint function)
    {
        int found = 0;
        int result = Do(() =>
        {
            PtxProgram program = s_driver.FunctionOf(function).Code.Program;
            found = attribute switch
            {
                0 => 1024,
                1 => program.SharedBytes,
                3 => program.LocalBytes,
                4 => 32,
                8 => s_driver.FunctionOf(function).MostDynamicShared,
                _ => 0,
            };
        });
        *value = found;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, nint function, int threads, nint shared) =>
        Set(blocks, 1);

    [UnmanagedCallersOnly]
    private static int CuLaunchKernel(
        nint function, int columns, int rows, int layers, int threads, int threadRows, int threadLayers, int dynamicShared,
        nint stream, nint* arguments, nint* extra)
    {
        byte[] parameters = ParametersOf(extra);
        PtxLaunch launch = new(columns, rows, threads);
        return (layers, threadRows, threadLayers) == (1, 1, 1)
            ? Do(() => s_driver.Launch(function, launch, dynamicShared, stream, parameters))
            : (int)DriverResult.InvalidValue;
    }

    [UnmanagedCallersOnly]
    private static int CuEventCreate(nint* handle, int flags)
    {
        nint given = 0;
        int result = Do(() => given = s_driver.CreateEvent());
        *handle = given;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuEventDestroy_v2(nint handle) => 0;

    [UnmanagedCallersOnly]
    private static int CuEventQuery(nint handle) => s_driver.HasPassed(handle) ? 0 : NotReady;

    [UnmanagedCallersOnly]
    private static int CuEventElapsedTime(float* milliseconds, nint start, nint end)
    {
        float found = 0;
        int result = Do(() =>
            found = (float)Stopwatch.GetElapsedTime(s_driver.TimeOf(start), s_driver.TimeOf(end)).TotalMilliseconds);
        *milliseconds = found;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int CuEventRecord(nint handle, nint stream) => Do(() => s_driver.Record(handle, stream));

    [UnmanagedCallersOnly]
    private static int CuEventSynchronize(nint handle) => Do(() => s_driver.TimeOf(handle));

    /// <summary>What a context is needed for.</summary>
    private static int Do(Action action) => s_context == 0 ? (int)DriverResult.InvalidContext : (int)s_driver.Do(action);

    private static void CopyAndWait(ulong to, ulong from, long length)
    {
        s_driver.Copy(to, from, length, 0);
        s_driver.Queue.Finish(0);
    }

    private static int Set<T>(T* target, T value)
        where T : unmanaged
    {
        *target = value;
        return 0;
    }

    /// <summary>The parameters as one buffer: pairs of a name and an address, and 0 at the end.</summary>
    private static byte[] ParametersOf(nint* extra)
    {
        byte* bytes = null;
        long length = 0;
        for (nint* entry = extra; *entry != 0; entry += 2)
        {
            bytes = entry[0] == BufferPointer ? (byte*)entry[1] : bytes;
            length = entry[0] == BufferSize ? *(long*)entry[1] : length;
        }

        return new ReadOnlySpan<byte>(bytes, (int)length).ToArray();
    }
}
