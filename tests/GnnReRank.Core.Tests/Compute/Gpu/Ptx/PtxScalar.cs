using System.Buffers.Binary;
using System.Globalization;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>What instructions of a single thread do: moves, memory, and by <see cref="PtxArithmetic"/> all that computes.</summary>
internal static class PtxScalar
{
    public static Action<PtxThread> Step(PtxInstruction instruction)
    {
        PtxOperand[] o = instruction.Operands;
        string[] parts = instruction.Opcode.Split('.');
        switch (parts[0])
        {
            case "ret":
                return thread => thread.Done = true;
            case "ld":
                return Load(parts, o[0].Vector, o[1]);
            case "st":
                return Store(parts, o[0], o[1]);
            case "atom":
                return Atomic(instruction.Opcode, o[0].Register, o[1], o[2..]);
            case "red":
                return Atomic(instruction.Opcode, -1, o[0], o[1..]);
            case "cp" when instruction.Opcode == "cp.async.cg.shared.global" && o[2].Value == 16:
                return thread => thread.StartCopy(o[0].Of(thread), o[1].Of(thread));
            case "cp" when instruction.Opcode == "cp.async.commit_group":
                return thread => thread.CommitCopies();
            case "cp" when instruction.Opcode == "cp.async.wait_group":
                return thread => thread.WaitForCopies((int)o[0].Value);
            default:
                Func<ulong, ulong, ulong, ulong> compute = PtxArithmetic.Of(parts) ?? throw Unknown(instruction.Opcode);
                PtxOperand none = new(-1, 0, null, []);
                PtxOperand second = o.Length > 2 ? o[2] : none;
                PtxOperand third = o.Length > 3 ? o[3] : none;
                return thread => thread.Registers[o[0].Register] = compute(o[1].Of(thread), second.Of(thread), third.Of(thread));
        }
    }

    private static Action<PtxThread> Load(string[] parts, int[] targets, PtxOperand address)
    {
        int bytes = PtxType.Parse(parts[^1]).Bytes;
        return thread =>
        {
            Span<byte> memory = thread.At(parts[1], address.Of(thread), bytes * targets.Length);
            for (int i = 0; i < targets.Length; i++)
            {
                thread.Registers[targets[i]] = Read(memory.Slice(i * bytes, bytes));
            }
        };
    }

    private static Action<PtxThread> Store(string[] parts, PtxOperand address, PtxOperand source)
    {
        int bytes = PtxType.Parse(parts[^1]).Bytes;
        int count = parts[^2] is ['v', ..] vector ? int.Parse(vector.AsSpan(1), CultureInfo.InvariantCulture) : 1;
        return thread =>
        {
            Span<byte> memory = thread.At(parts[1], address.Of(thread), bytes * count);
            for (int i = 0; i < count; i++)
            {
                Write(memory.Slice(i * bytes, bytes), count > 1 ? thread.Registers[source.Vector[i]] : source.Of(thread));
            }
        };
    }

    /// <summary>ILGPU names the space behind the operation, the manual before it.</summary>
    private static Action<PtxThread> Atomic(string opcode, int target, PtxOperand address, PtxOperand[] values)
    {
        string[] parts = opcode.Split('.');
        string space = parts.Contains("shared") ? "shared" : "global";
        string[] operation = [.. parts[1..].Where(part => part is not ("shared" or "global"))];
        Func<ulong, ulong, ulong, ulong> compute = PtxArithmetic.Of(operation) ?? throw Unknown(opcode);
        int bytes = PtxType.Parse(parts[^1]).Bytes;
        return thread =>
        {
            Span<byte> memory = thread.At(space, address.Of(thread), bytes);
            ulong before = Read(memory);
            Write(memory, compute(before, values[0].Of(thread), values[^1].Of(thread)));
            if (target >= 0)
            {
                thread.Registers[target] = before;
            }
        };
    }

    private static NotSupportedException Unknown(string opcode) => new($"Opcode {opcode}.");

    private static ulong Read(ReadOnlySpan<byte> memory)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        value.Clear();
        memory.CopyTo(value);
        return BinaryPrimitives.ReadUInt64LittleEndian(value);
    }

    private static void Write(Span<byte> memory, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes[..memory.Length].CopyTo(memory);
    }
}
