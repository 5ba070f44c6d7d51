using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>One value of a vector of values in a memory of a thread; all of the vector must lie in it, aligned.</summary>
internal static class PtxAccess
{
    public static ulong LoadShared(PtxThread thread, ulong at, int bytes, int index, int count) =>
        Read(PtxMemory.Within(thread.Block.Shared, at, bytes * count), bytes, index);

    public static ulong LoadParameter(PtxThread thread, ulong at, int bytes, int index, int count) =>
        Read(PtxMemory.Within(thread.Block.Parameters, at, bytes * count), bytes, index);

    public static ulong LoadGlobal(PtxThread thread, ulong at, int bytes, int index, int count) =>
        Read(thread.Block.Memory.At(at, bytes * count), bytes, index);

    public static void StoreShared(PtxThread thread, ulong at, int bytes, int index, int count, ulong value) =>
        Write(PtxMemory.Within(thread.Block.Shared, at, bytes * count), bytes, index, value);

    public static void StoreGlobal(PtxThread thread, ulong at, int bytes, int index, int count, ulong value) =>
        Write(thread.Block.Memory.At(at, bytes * count), bytes, index, value);

    private static ulong Read(Span<byte> memory, int bytes, int index)
    {
        ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetReference(memory), index * bytes);
        return bytes switch
        {
            4 => Unsafe.ReadUnaligned<uint>(ref at),
            8 => Unsafe.ReadUnaligned<ulong>(ref at),
            2 => Unsafe.ReadUnaligned<ushort>(ref at),
            _ => at,
        };
    }

    private static void Write(Span<byte> memory, int bytes, int index, ulong value)
    {
        ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetReference(memory), index * bytes);
        switch (bytes)
        {
            case 4:
                Unsafe.WriteUnaligned(ref at, (uint)value);
                break;
            case 8:
                Unsafe.WriteUnaligned(ref at, value);
                break;
            case 2:
                Unsafe.WriteUnaligned(ref at, (ushort)value);
                break;
            default:
                at = (byte)value;
                break;
        }
    }
}
