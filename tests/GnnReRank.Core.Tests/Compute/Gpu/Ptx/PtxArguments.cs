using System.Reflection;
using ILGPU;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>A struct of arguments: its fields by name, an array for a view, more arguments for a struct inside. A field without a value is 0.</summary>
internal sealed class PtxArguments : Dictionary<string, object>
{
    /// <summary>Runs a kernel's PTX; what it writes lies in the arrays afterwards.</summary>
    public void Run<TArguments>(Action<TArguments> kernel, int groups, int threads, int groupRows = 1, bool fuses = false)
        where TArguments : struct
    {
        PtxMemory memory = new();
        List<byte> bytes = [];
        Dictionary<Array, ulong> addresses = [];
        Write(typeof(TArguments), bytes, array =>
        {
            // Views of one array are views of one buffer.
            if (!addresses.TryGetValue(array, out ulong address))
            {
                address = memory.Add(array);
                addresses.Add(array, address);
            }

            return address;
        });
        PtxCompiler.CodeOf(kernel, fuses).Run(memory, [.. bytes], new PtxLaunch(groups, groupRows, threads));
        foreach ((Array array, ulong address) in addresses)
        {
            memory.CopyTo(address, array);
        }
    }

    /// <summary>As C lays it out.</summary>
    private void Write(Type type, List<byte> bytes, Func<Array, ulong> addressOf)
    {
        FieldInfo[] fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public);
        if (Keys.Except(fields.Select(field => field.Name)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"{type.Name} has no field {unknown}.");
        }

        foreach (FieldInfo field in fields)
        {
            object? value = this.GetValueOrDefault(field.Name);
            Pad(bytes, AlignmentOf(field.FieldType));
            if (field.FieldType.IsPrimitive)
            {
                bytes.AddRange(Number(value ?? Activator.CreateInstance(field.FieldType)!));
            }
            else if (IsView(field.FieldType))
            {
                bytes.AddRange(Number(value is Array array ? addressOf(array) : 0UL));
                bytes.AddRange(Number((value as Array)?.LongLength ?? 0L));
            }
            else
            {
                ((PtxArguments?)value ?? []).Write(field.FieldType, bytes, addressOf);
            }
        }

        Pad(bytes, AlignmentOf(type));
    }

    private static void Pad(List<byte> bytes, int alignment) => bytes.AddRange(new byte[(alignment - (bytes.Count % alignment)) % alignment]);

    private static bool IsView(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArrayView<>);

    private static int AlignmentOf(Type type) => type.IsPrimitive ? Number(Activator.CreateInstance(type)!).Length
        : IsView(type) ? sizeof(ulong)
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public).Max(field => AlignmentOf(field.FieldType));

    private static byte[] Number(object value) => value switch
    {
        int number => BitConverter.GetBytes(number),
        uint number => BitConverter.GetBytes(number),
        long number => BitConverter.GetBytes(number),
        ulong number => BitConverter.GetBytes(number),
        float number => BitConverter.GetBytes(number),
        double number => BitConverter.GetBytes(number),
        _ => throw new ArgumentException($"A value of {value.GetType().Name}."),
    };
}
