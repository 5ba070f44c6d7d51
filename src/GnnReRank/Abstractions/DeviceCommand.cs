using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command whose work may run on a GPU.</summary>
public abstract class DeviceCommand : ComputeCommand
{
    private protected DeviceCommand()
    {
    }

    /// <summary>
    /// Where to compute: Auto, Cpu, Cuda, OpenCL, or one of several as Cuda:1; Get-ReRankDevice shows them. Auto takes the best GPU
    /// that can hold the job, and the processor for small jobs, where there is no such GPU, or where it fails.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Value = "Auto")]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeOptions.Default.Device;

    /// <summary>
    /// How exact a GPU computes. Exact gives the neighbours and the order of float32 scores; Fast uses products of lower precision
    /// where they are faster, so that neighbours that nearly tie may differ. The processor is exact always.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = ComputePrecision.Exact)]
    public ComputePrecision Precision { get; set; } = ComputePrecision.Exact;

    /// <summary>Refuses a device that is not there before matrices are read or made for it.</summary>
    private protected override void Begin()
    {
        Target = Device;
        Run(_ => ReRankDevices.Require(Device));
        Target = null;
    }

    private protected sealed override ComputeOptions Configure(ComputeOptions options) =>
        base.Configure(options) with { Device = Device, Precision = Precision };
}
