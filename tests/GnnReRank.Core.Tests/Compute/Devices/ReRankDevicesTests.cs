namespace GnnReRank.Tests.Compute.Devices;

/// <summary>The devices of the machine that the tests run on, whatever it has.</summary>
public sealed class ReRankDevicesTests
{
    [Fact]
    public void TheProcessorComesFirstAndIsUsable()
    {
        ReRankDevice cpu = ReRankDevices.GetAll()[0];
        Assert.Equal(("Cpu", ReRankDeviceKind.Cpu, 0), (cpu.Id, cpu.Kind, cpu.Index));
        Assert.True(cpu.IsUsable);
        Assert.True(cpu.MemoryBytes > 0);
        Assert.All((string[])[cpu.Name, cpu.Driver, cpu.Capability], Assert.NotEmpty);
        Assert.Single(ReRankDevices.GetAll(), device => device.Kind == ReRankDeviceKind.Cpu);
    }

    [Fact]
    public void EveryIdFindsItsDeviceOrSaysWhyNot()
    {
        IReadOnlyList<ReRankDevice> devices = ReRankDevices.GetAll();
        Assert.Equal(devices.Count, devices.Select(device => device.Id).Distinct().Count());
        foreach (ReRankDevice device in devices)
        {
            Exception? error = Record.Exception(() => ReRankDevices.Require(device.Id));
            Assert.Equal(device.IsUsable, error is null);
            Assert.Equal(device.IsUsable ? null : "DeviceNotUsable", (error as GnnReRankException)?.ErrorId);
        }
    }

    [Fact]
    public void AnOpenCLDeviceIsUsableOnlyIfTheKernelsCanRunOnIt()
    {
        foreach (ReRankDevice device in ReRankDevices.GetAll().Where(device => device.Kind == ReRankDeviceKind.OpenCL))
        {
            Assert.StartsWith("OpenCL C ", device.Capability);
            Assert.True(device.IsUsable || device.Reason!.Contains("needed", StringComparison.Ordinal) || device.Reason.Contains("need.", StringComparison.Ordinal));
        }
    }
}
