using GnnReRank.Compute.Devices;

namespace GnnReRank.Tests.Compute.Devices;

public sealed class DeviceChoiceTests
{
    private static readonly ReRankDevice[] s_devices =
    [
        ProcessorDevice.Describe(),
        FakeDevices.Gpu(ReRankDeviceKind.Cuda, 0, 1, reason: "Its driver is old."),
        FakeDevices.Gpu(ReRankDeviceKind.Cuda, 1, 1),
        FakeDevices.Gpu(ReRankDeviceKind.OpenCL, 0, 1, reason: "Its driver has no wheels."),
    ];

    [Theory]
    [InlineData("Auto", null, null)]
    [InlineData(" aUTO ", null, null)]
    [InlineData("cpu", ReRankDeviceKind.Cpu, null)]
    [InlineData("CUDA", ReRankDeviceKind.Cuda, null)]
    [InlineData("cuda:0", ReRankDeviceKind.Cuda, 0)]
    [InlineData("Cuda:12", ReRankDeviceKind.Cuda, 12)]
    [InlineData("opencl:3", ReRankDeviceKind.OpenCL, 3)]
    public void ReadsWhatPeopleType(string text, ReRankDeviceKind? kind, int? index) =>
        Assert.Equal(new DeviceChoice(kind, index), DeviceChoice.Parse(text, () => throw new InvalidOperationException()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("Auto:0")]
    [InlineData("Cpu:0")]
    [InlineData("Cuda:")]
    [InlineData("Cuda:-1")]
    [InlineData("Cuda: 1")]
    [InlineData("Cuda:1:2")]
    [InlineData("Cuda:99999999999")]
    [InlineData("1")]
    public void RefusesOtherTextAndSaysWhatIsHere(string? text)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => DeviceChoice.Parse(text, () => s_devices));
        Assert.Equal("InvalidDevice", error.ErrorId);
        Assert.Contains("Cuda:1 (Made Cuda 1)", error.Message);
    }

    [Theory]
    [InlineData("Cpu", 0)]
    [InlineData("Cuda", 2)]
    [InlineData("Cuda:1", 2)]
    public void FindsTheDeviceNamedOrTheFirstUsableOfItsKind(string text, int place) => Assert.Same(s_devices[place], Read(text).Find(s_devices));

    [Theory]
    [InlineData("Cuda:0", "DeviceNotUsable", "Its driver is old.")]
    [InlineData("OpenCL", "DeviceNotUsable", "Its driver has no wheels.")]
    [InlineData("Cuda:2", "DeviceNotFound", "Cuda:1 (Made Cuda 1)")]
    [InlineData("OpenCL:1", "DeviceNotFound", "OpenCL:1")]
    public void SaysWhyADeviceCannotBeHad(string text, string errorId, string message)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(text).Find(s_devices));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
        Assert.Throws<GnnReRankException>(() => Read(text).Check(() => s_devices));
    }

    [Theory]
    [InlineData("Auto")]
    [InlineData("Cpu")]
    public void TheUsualChoicesAskNoDriver(string text) => Read(text).Check(() => throw new InvalidOperationException());

    [Theory]
    [InlineData("auto", "Auto")]
    [InlineData("cuda", "Cuda")]
    [InlineData("OPENCL:1", "OpenCL:1")]
    public void HasTheTextThatIsReadAgain(string text, string expected) => Assert.Equal(expected, Read(text).ToString());

    private static DeviceChoice Read(string text) => DeviceChoice.Parse(text, () => s_devices);
}
