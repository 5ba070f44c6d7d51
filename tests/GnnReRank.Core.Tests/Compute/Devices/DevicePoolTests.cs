using GnnReRank.Compute.Devices;

namespace GnnReRank.Tests.Compute.Devices;

public sealed class DevicePoolTests
{
    private static readonly ReRankDevice s_gpu = FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, 1);

    private readonly FakeDevices _source = new(s_gpu);
    private readonly DevicePool _pool;

    public DevicePoolTests() => _pool = new DevicePool(_source);

    [Fact]
    public void ADeviceIsOpenedOnFirstUseAndKept()
    {
        Assert.Equal(["Cpu", "Cuda:0"], _pool.Devices.Select(device => device.Id));
        Assert.Empty(_source.Opened);
        Assert.Equal(5, _pool.Run(s_gpu, _ => 5));
        Assert.Equal(6, _pool.Run(s_gpu, _ => 6));
        Assert.Single(_source.Opened);
        Assert.Equal(0, _source.ClosedCount);
    }

    [Fact]
    public void ADeviceThatCannotBeOpenedIsTriedAgainAtTheNextCall()
    {
        _source.OnOpen = () => throw new InvalidTimeZoneException();
        Assert.Throws<InvalidTimeZoneException>(() => _pool.Run(s_gpu, _ => 5));
        _source.OnOpen = () => { };
        Assert.Equal(5, _pool.Run(s_gpu, _ => 5));
        Assert.Equal(2, _source.Opened.Count);
    }

    [Fact]
    public void AForgottenDeviceIsClosedByItsLastUser()
    {
        _pool.Run(s_gpu, _ =>
        {
            Assert.Throws<FakeDeviceException>(() => _pool.Run<int>(s_gpu, _ => throw new FakeDeviceException()));
            Assert.Equal(0, _source.ClosedCount);
            Assert.Equal(7, _pool.Run(s_gpu, _ => 7));
            Assert.Equal(2, _source.Opened.Count);
            return 0;
        });
        Assert.Equal(1, _source.ClosedCount);
    }

    [Fact]
    public void TheDevicesAreFoundOnce() => Assert.Same(_pool.Devices, _pool.Devices);
}
