using System.Runtime.InteropServices;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>A state kept in memory, which tests may damage.</summary>
internal sealed class KeptArrays : IStateWriter, IStateReader
{
    public Dictionary<string, byte[]> Arrays { get; } = [];

    public void Append<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged =>
        Arrays[name] = [.. Arrays.GetValueOrDefault(name, []), .. MemoryMarshal.AsBytes(values)];

    public long Count<T>(string name)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Arrays.GetValueOrDefault(name, [])).Length;

    public void Read<T>(string name, long first, Span<T> values)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Arrays[name]).Slice((int)first, values.Length).CopyTo(values);

    public GnnReRankException Broken(string how) => new("BrokenState", ErrorKind.InvalidData, $"its {how}");
}
