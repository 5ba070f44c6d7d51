namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>An operand, decoded.</summary>
/// <param name="Register">The register's slot, the base register's of an address, or -1.</param>
/// <param name="Value">A constant, or an address's offset.</param>
/// <param name="Special">A special register as %tid.x, or null.</param>
/// <param name="Vector">The slots of {a,b}, or those of the operand alone.</param>
internal sealed record PtxOperand(int Register, ulong Value, string? Special, int[] Vector)
{
    /// <summary>The value, or the address.</summary>
    public ulong Of(PtxThread thread) =>
        (Special is not null ? thread.Special(Special) : Register < 0 ? 0 : thread.Registers[Register]) + Value;
}
