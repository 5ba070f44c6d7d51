using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>
/// A shared library of x64 Linux whose functions are managed ones: each of its functions jumps through a table that the process fills.
/// A library that is loaded is found again by its name, so that whoever opens that name gets this one.
/// </summary>
internal static class JumpLibrary
{
    private const string TableName = "jump_table";
    private const int Page = 4096;
    private const int HeaderSize = 64;
    private const int SegmentSize = 56;
    private const int SegmentCount = 4;
    private const int SymbolSize = 24;
    private const int JumpSize = 8;
    private const int DynamicSize = 8 * 16;

    // Kinds of segments, and the rights to them.
    private const uint Load = 1;
    private const uint Dynamic = 2;
    private const uint Stack = 0x6474e551;
    private const uint Execute = 1;
    private const uint Change = 2;
    private const uint Read = 4;

    /// <summary>Writes a library; each of its functions does nothing good until the table is filled.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What others open it by.</param>
    /// <param name="functions">The names of its functions.</param>
    public static void Write(string path, string name, IReadOnlyList<string> functions)
    {
        string[] symbols = [.. functions, TableName];
        using MemoryStream names = new();
        names.WriteByte(0);
        long[] nameAt = [.. symbols.Append(name).Select(text => Append(names, text))];

        long hash = HeaderSize + (SegmentCount * SegmentSize);
        long symbolTable = Align(hash + (4 * (2 + 1 + 1 + symbols.Length)), 8);
        long strings = symbolTable + (SymbolSize * (1 + symbols.Length));
        long code = Align(strings + names.Length, 16);
        long data = Align(code + (JumpSize * functions.Count), Page);
        long table = data + DynamicSize;
        byte[] file = new byte[table + (8 * functions.Count)];
        Writer writer = new(file);
        WriteHeader(writer, data, file.Length);

        // One bucket: all symbols in a chain.
        writer.Seek(hash).U32(1).U32((uint)symbols.Length + 1).U32(1).U32(0);
        for (int at = 1; at <= symbols.Length; at++)
        {
            writer.U32(at == symbols.Length ? 0 : (uint)at + 1);
        }

        for (int at = 0; at < symbols.Length; at++)
        {
            bool isTable = at == functions.Count;
            writer.Seek(symbolTable + (SymbolSize * (at + 1))).U32((uint)nameAt[at]).U8(isTable ? (byte)0x11 : (byte)0x12).U8(0).U16(1)
                .U64((ulong)(isTable ? table : code + (JumpSize * at))).U64(8);
        }

        names.ToArray().CopyTo(file, strings);
        for (int at = 0; at < functions.Count; at++)
        {
            // jmp [rip + distance]
            long here = code + (JumpSize * at);
            writer.Seek(here).U8(0xff).U8(0x25).U32((uint)(table + (8 * at) - (here + 6)));
        }

        (ulong Tag, long Value)[] dynamic =
        [
            (4, hash), (5, strings), (6, symbolTable), (10, names.Length), (11, SymbolSize), (14, nameAt[^1]), (0, 0),
        ];
        writer.Seek(data);
        foreach ((ulong tag, long value) in dynamic)
        {
            writer.U64(tag).U64((ulong)value);
        }

        File.WriteAllBytes(path, file);
    }

    /// <summary>The address of the table of a library that is loaded.</summary>
    public static nint TableOf(nint library) => System.Runtime.InteropServices.NativeLibrary.GetExport(library, TableName);

    private static void WriteHeader(Writer writer, long data, long length)
    {
        // ELF, 64 bits, low byte first; a shared object for x64.
        writer.Seek(0).U32(0x464c457f).U8(2).U8(1).U8(1).Seek(16).U16(3).U16(62).U32(1)
            .U64(0).U64(HeaderSize).U64(0).U32(0).U16(HeaderSize).U16(SegmentSize).U16(SegmentCount).U16(64);
        (uint Kind, uint Rights, long At, long Length)[] segments =
        [
            (Load, Read | Execute, 0, data), (Load, Read | Change, data, length - data),
            (Dynamic, Read | Change, data, DynamicSize), (Stack, Read | Change, 0, 0),
        ];
        writer.Seek(HeaderSize);
        foreach ((uint kind, uint rights, long at, long size) in segments)
        {
            writer.U32(kind).U32(rights).U64((ulong)at).U64((ulong)at).U64((ulong)at).U64((ulong)size).U64((ulong)size)
                .U64(kind == Load ? Page : 8UL);
        }
    }

    private static long Align(long at, long unit) => (at + unit - 1) / unit * unit;

    private static long Append(MemoryStream names, string text)
    {
        long at = names.Length;
        names.Write(Encoding.ASCII.GetBytes(text));
        names.WriteByte(0);
        return at;
    }

    private sealed class Writer(byte[] file)
    {
        private int _at;

        public Writer Seek(long at)
        {
            _at = (int)at;
            return this;
        }

        public Writer U8(byte value)
        {
            file[_at++] = value;
            return this;
        }

        public Writer U16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(_at), value);
            return Seek(_at + 2);
        }

        public Writer U32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(_at), value);
            return Seek(_at + 4);
        }

        public Writer U64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(_at), value);
            return Seek(_at + 8);
        }
    }
}
