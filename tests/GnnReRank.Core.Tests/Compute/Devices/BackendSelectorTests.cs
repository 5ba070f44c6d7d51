using GnnReRank.Compute;
using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Devices;

/// <summary>Which device a job goes to, and what happens where the device fails.</summary>
public sealed class BackendSelectorTests
{
    private const long Gigabyte = 1L << 30;

    private static readonly FeatureMatrix s_gallery = MadeFeatures.Random(100, 32, seed: 1);
    private static readonly FakeDevices s_oneGpu = new(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, Gigabyte));

    private readonly List<string> _log = [];
    private readonly List<string> _warnings = [];

    [Fact]
    public void TheProcessorIsTakenWithoutAskingADriver()
    {
        IComputeBackend backend = new BackendSelector(new DevicePool(null!)).For(new ComputeOptions { Device = "cpu" });
        Assert.Same(CpuBackend.Default, backend);
    }

    [Fact]
    public void ASmallJobStaysOnTheProcessorWithoutAskingADriver()
    {
        Search(new BackendSelector(new DevicePool(new FakeDevices(null!))).For(Options("Auto")));
        Assert.Equal(["Device: CPU (the job is small)"], Devices);
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Cpu")]
    public void ABadTextIsRefusedAndAGoodOneIsNot(string good)
    {
        BackendSelector selector = new(new DevicePool(s_oneGpu));
        Assert.NotNull(selector.For(Options(good)));
        Assert.Equal("InvalidDevice", Assert.Throws<GnnReRankException>(() => selector.For(Options($"{good}!"))).ErrorId);
    }

    [Fact]
    public void WithoutAGpuAutoTakesTheProcessorAndDoesNotWarn()
    {
        Search(Auto(new FakeDevices()));
        Assert.Equal(["Device: CPU (no GPU found)"], Devices);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void AutoSaysWhyTheGpuIsNotTaken()
    {
        Search(Auto(new FakeDevices(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, Gigabyte, reason: "Too old."))));
        Search(Auto(new FakeDevices(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, 1000))));
        Search(Auto(new FakeDevices(FakeDevices.Gpu(ReRankDeviceKind.OpenCL, 0, Gigabyte, isProcessor: true))));
        Assert.Equal("Device: CPU (no usable GPU. Cuda:0 (Made Cuda 0): Too old.)", Devices[0]);
        Assert.StartsWith("Device: CPU (the job needs about 0.0", Devices[1]);
        Assert.Equal("Device: CPU (no GPU found)", Devices[2]);
    }

    [Fact]
    public void AutoTakesCudaBeforeOpenCLThenTheMostMemory()
    {
        FakeDevices devices = new(
            FakeDevices.Gpu(ReRankDeviceKind.OpenCL, 0, 9 * Gigabyte),
            FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, 2 * Gigabyte),
            FakeDevices.Gpu(ReRankDeviceKind.Cuda, 1, 3 * Gigabyte),
            FakeDevices.Gpu(ReRankDeviceKind.Cuda, 2, 4 * Gigabyte, reason: "Too old."));
        Search(Auto(devices));
        Assert.Equal(["Cuda:1"], devices.Opened);
        Assert.StartsWith("Device: Cuda:1 (Made Cuda 1), 3.221 GB", Devices.Single());
    }

    [Fact]
    public void AutoTakesALesserGpuThatCanHoldTheJob()
    {
        FakeDevices devices = new(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, 1000), FakeDevices.Gpu(ReRankDeviceKind.OpenCL, 0, Gigabyte));
        Search(Auto(devices));
        Assert.Equal(["OpenCL:0"], devices.Opened);
    }

    [Fact]
    public void WhereTheGpuFailsTheProcessorDoesTheWorkAndAWarningSaysSo()
    {
        FakeDevices devices = new(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, Gigabyte)) { NextFailure = new FakeDeviceException() };
        NeighborGraph graph = Search(Auto(devices));
        NeighborGraph expected = NeighborSearch.Build(null, s_gallery, 5, null, CpuBackend.Default);
        Assert.Equal(expected.GetNeighbors(42).ToArray(), graph.GetNeighbors(42).ToArray());
        Assert.Contains("Cuda:0 (Made Cuda 0) failed", _warnings.Single());
        Assert.Contains("illegal address", _warnings.Single());
    }

    [Fact]
    public void AnErrorThatIsNotTheDevicesIsPassedOn()
    {
        FakeDevices devices = new(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, Gigabyte)) { NextFailure = new InvalidTimeZoneException() };
        IComputeBackend backend = Auto(devices);
        Assert.Throws<InvalidTimeZoneException>(() => Search(backend));
        Assert.Empty(_warnings);
        Search(backend);
        Assert.Equal(["Cuda:0"], devices.Opened);
    }

    [Fact]
    public void ANamedDeviceThatFailsIsAnErrorAndTheNextCallWorks()
    {
        FakeDevices devices = new(FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, Gigabyte)) { NextFailure = new FakeDeviceException() };
        IComputeBackend backend = new BackendSelector(new DevicePool(devices)).For(Options("Cuda"));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Search(backend));
        Assert.Equal("DeviceFailed", error.ErrorId);
        Assert.Contains("-Device Cpu", error.Message);
        Assert.Equal(1, devices.ClosedCount);
        Search(backend);
        Search(backend);
        Assert.Equal(["Cuda:0", "Cuda:0"], devices.Opened);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void AnErrorInWordsStaysAsItIs()
    {
        GnnReRankException full = new("DeviceOutOfMemory", ErrorKind.TooLarge, "full");
        FakeDevices devices = new(FakeDevices.Gpu(ReRankDeviceKind.OpenCL, 3, Gigabyte)) { NextFailure = full };
        IComputeBackend backend = new BackendSelector(new DevicePool(devices)).For(Options("OpenCL:3"));
        Assert.Same(full, Assert.Throws<GnnReRankException>(() => Search(backend)));
    }

    private List<string> Devices => [.. _log.Where(line => line.StartsWith("Device:", StringComparison.Ordinal))];

    private static AutoBackend Auto(FakeDevices devices) => new(new DevicePool(devices), CpuBackend.Default, smallJob: 0);

    private ComputeOptions Options(string device) => new() { Device = device, Log = _log.Add, Warn = _warnings.Add };

    private NeighborGraph Search(IComputeBackend backend) => NeighborSearch.Build(null, s_gallery, 5, Options("Auto"), backend);
}
