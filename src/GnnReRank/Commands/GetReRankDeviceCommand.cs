using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Lists the devices of this machine that can compute: the processor, and the GPUs that drivers for CUDA or OpenCL know.</summary>
/// <remarks>
/// <para>
/// The parameter -Device of Search-FeatureMatrix, New-NeighborGraph and Invoke-GnnReRank takes the ids. A device that cannot be
/// used is listed too, and its Reason says why. The drivers are asked once a session: after a driver was installed, start anew.
/// </para>
/// </remarks>
/// <example>
/// <title>See what there is</title>
/// <code>Get-ReRankDevice</code>
/// <para>Shows each device with its memory, and whether it can be used.</para>
/// </example>
/// <example>
/// <title>Why a device is not used</title>
/// <code>Get-ReRankDevice | Where-Object { -not $_.IsUsable } | ForEach-Object { "$($_.Id): $($_.Reason)" }</code>
/// <para>Names the devices that cannot be used, each with the reason.</para>
/// </example>
/// <example>
/// <title>The GPU with the most memory, else the processor</title>
/// <code>$gpu = Get-ReRankDevice Cuda* | Where-Object IsUsable | Sort-Object Memory | Select-Object -Last 1
/// $device = $gpu ? $gpu.Id : 'Cpu'
/// Import-FeatureMatrix -Example | Invoke-GnnReRank -Device $device | Measure-RetrievalAccuracy</code>
/// <para>Chooses a device by a rule of one's own, and computes there.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ReRankDevice")]
[OutputType(typeof(ReRankDevice))]
public sealed class GetReRankDeviceCommand : GnnReRankCommand
{
    private const string Everything = "*";

    /// <summary>Only the devices with these ids, such as Cpu or Cuda:0; * and ? stand for any characters.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PSDefaultValue(Value = Everything)]
    [ArgumentCompleter(typeof(DeviceIdCompleter))]
    public string[] Id { get; set; } = [Everything];

    private protected override void End()
    {
        IReadOnlyList<ReRankDevice> devices = Run(_ => ReRankDevices.GetAll());
        bool[] isWanted = new bool[devices.Count];
        foreach (string id in Id)
        {
            Attempt(id, () => Mark(id, devices, isWanted));
        }

        WriteObject(devices.Where((_, index) => isWanted[index]), enumerateCollection: true);
    }

    private static void Mark(string id, IReadOnlyList<ReRankDevice> devices, bool[] isWanted)
    {
        WildcardPattern pattern = new(id, WildcardOptions.IgnoreCase);
        int[] matches = [.. Enumerable.Range(0, devices.Count).Where(index => pattern.IsMatch(devices[index].Id))];
        if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
        {
            throw Errors.NoSuchDevice(id, devices);
        }

        foreach (int index in matches)
        {
            isWanted[index] = true;
        }
    }
}
