using System.Reflection;
using GnnReRank.Tests.Compute.Gpu;
using Xunit.Sdk;
using Xunit.v3;

namespace GnnReRank.GpuKit.Conformance;

/// <summary>A class of the engine's tests, and those of its cases that a device takes part in.</summary>
/// <param name="type">The class.</param>
internal sealed class TestClass(Type type)
{
    // In the order in which they run: the sooner a driver's fault shows, the better.
    private static readonly string[] s_ofDevice =
    [
        "GpuTestDevicesTests", "TensorTileKernelTests", "TensorProductKernelTests", "HalfKernelsTests", "GpuExpectedResultsTests",
        "GpuMessagesTests", "GpuBackendTests", "AdversarialNeighborTests", "CandidateSearchTests", "CosineRankerTests",
        "DeviceTransitionsTests", "DiffusionReRankerTests", "ExtremeNormTests", "FeaturePanelsTests",
        "GnnReRankerTests", "GpuRankerTests", "GpuRankingStageTests", "HostResultsTests", "LaunchObserverTests",
        "NeighborSearchTests", "PanelBackendTests", "PtxLayerTests", "PtxListTests", "PtxMatrixTests", "PtxRankTests", "PtxRowTests",
        "PtxSearchTests", "PtxStateProductTests", "PtxTransitionTests", "PtxWalkTests", "SplitCheckTests", "StoredPrecisionTests",
        "TensorCheckTests", "WatchedKernelTests", "FailingStepsTests",
    ];

    // They look at texts, plans, an emulator or the emulated driver, or are of OpenCL alone.
    private static readonly string[] s_deviceless =
    [
        "CudaPathTests", "DeviceCheckTests", "DeviceMemoryTests", "DevicePreparationTests", "DriverQueueTests", "EmulatedCudaTests",
        "GpuPlanTests", "ListNeedsTests", "MemoryPlanTests", "OpenCLBarriersTests", "PanelOrderTests", "PtxEmulatorTests", "PtxTests",
        "TensorTileTextTests", "TileMapTests", "TileSortTests",
    ];

    // The suite runs all on PoCL: where nothing is proven, these show that the kit runs them too.
    private static readonly string[] s_emulated =
        ["GpuTestDevicesTests", "HalfKernelsTests", "PtxRowTests", "CosineRankerTests"];

    /// <summary>Classes that the kit was not told whether a device takes part in.</summary>
    public static IEnumerable<string> Unknown => All.Select(type => type.Name).Except([.. s_ofDevice, .. s_deviceless]);

    /// <summary>Classes that it was told of and does not have.</summary>
    public static IEnumerable<string> Missing => s_ofDevice.Concat(s_deviceless).Except(All.Select(type => type.Name));

    public string Name => type.Name;

    public Type Type => type;

    private static IEnumerable<Type> All => typeof(TestClass).Assembly.GetTypes()
        .Where(type => type.IsClass && !type.IsAbstract && Methods(type).Any());

    /// <summary>The classes that a device takes part in, in the order in which they run.</summary>
    /// <param name="names">Those that were asked for; null for all.</param>
    /// <param name="emulates">Whether no GPU is there: then a few are enough.</param>
    public static IReadOnlyList<TestClass> FindAll(IReadOnlyList<string>? names, bool emulates) =>
    [
        .. from name in s_ofDevice
           where names is null ? !emulates || s_emulated.Contains(name) : names.Contains(name)
           join type in All on name equals type.Name
           select new TestClass(type),
    ];

    /// <summary>Its cases: all of those written for devices; of the others those that name one.</summary>
    /// <param name="firstAlone">Whether one row of each test is enough.</param>
    public IReadOnlyList<TestCase> Cases(bool firstAlone) =>
    [
        .. Runnable(type).SelectMany(method =>
        {
            IEnumerable<TestCase> cases = Rows(method).Where(IsOfDevice).Select(row => new TestCase(method, row));
            return firstAlone ? cases.Take(1) : cases;
        }),
    ];

    private static IEnumerable<MethodInfo> Methods(Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Public)
        .Where(method => Attributes<IFactAttribute>(method).Any());

    private static IEnumerable<MethodInfo> Runnable(Type type) => Methods(type)
        .Where(method => Attributes<IFactAttribute>(method).Any(fact => fact is { Skip: null, Explicit: false }));

    private static IEnumerable<T> Attributes<T>(MethodInfo method) => method.GetCustomAttributes().OfType<T>();

    private static IEnumerable<object?[]> Rows(MethodInfo method)
    {
        IDataAttribute[] sources = [.. Attributes<IDataAttribute>(method)];
        foreach (ITypeAwareDataAttribute source in sources.OfType<ITypeAwareDataAttribute>())
        {
            // Without it xunit's attribute has no rows, and no complaint.
            source.MemberType ??= method.DeclaringType;
        }

        return sources.Length == 0
            ? [[]]
            : sources.SelectMany(source => source.GetData(method, new DisposalTracker()).AsTask().GetAwaiter().GetResult())
                .Select(row => row.GetData());
    }

    private bool IsOfDevice(object?[] row) =>
        type.Namespace == typeof(GpuTestDevices).Namespace || row.Contains(GpuTestDevices.PoclName);
}
