using System.Reflection;
using GnnReRank.Tests.Compute.Gpu;
using Xunit.Sdk;
using Xunit.v3;

namespace GnnReRank.GpuKit.Conformance;

/// <summary>A class of the engine's tests, and those of its cases that a device takes part in.</summary>
/// <param name="type">The class.</param>
internal sealed class TestClass(Type type)
{
    // They look at texts, plans and the emulator, or are of OpenCL alone.
    private static readonly string[] s_deviceless =
    [
        "PtxEmulatorTests", "PtxTests", "TensorTileTextTests", "OpenCLBarriersTests", "GpuPlanTests", "PanelOrderTests", "TileMapTests",
    ];

    // The sooner a driver's fault shows, the better.
    private static readonly string[] s_first =
    [
        "GpuTestDevicesTests", "TensorTileKernelTests", "HalfKernelsTests", "GpuExpectedResultsTests", "GpuMessagesTests",
        "GpuBackendTests",
    ];

    // The suite runs all on PoCL: where nothing is proven, these show that the kit runs them too.
    private static readonly string[] s_emulated =
        ["GpuTestDevicesTests", "HalfKernelsTests", "PtxRowTests", "CosineRankerTests"];

    public string Name => type.Name;

    public Type Type => type;

    /// <summary>The classes that a device takes part in, in the order in which they run.</summary>
    /// <param name="emulates">Whether no GPU is there: then a few are enough.</param>
    public static IReadOnlyList<TestClass> FindAll(bool emulates) =>
    [
        .. typeof(TestClass).Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsAbstract && !s_deviceless.Contains(type.Name) && Methods(type).Any())
            .Where(type => !emulates || s_emulated.Contains(type.Name))
            .OrderBy(type => Array.IndexOf(s_first, type.Name) is >= 0 and int place ? place : s_first.Length)
            .ThenBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new TestClass(type)),
    ];

    /// <summary>Its cases: all of those written for devices; of the others those that name one.</summary>
    /// <param name="firstAlone">Whether one row of each test is enough.</param>
    public IReadOnlyList<TestCase> Cases(bool firstAlone) =>
    [
        .. Methods(type).SelectMany(method =>
        {
            IEnumerable<TestCase> cases = Rows(method).Where(IsOfDevice).Select(row => new TestCase(method, row));
            return firstAlone ? cases.Take(1) : cases;
        }),
    ];

    private static IEnumerable<MethodInfo> Methods(Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Public)
        .Where(method => Attributes<IFactAttribute>(method).Any(fact => fact.Skip is null));

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
