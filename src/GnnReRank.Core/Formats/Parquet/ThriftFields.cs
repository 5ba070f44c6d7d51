namespace GnnReRank.Formats.Parquet;

/// <summary>Reads structures in Thrift's compact protocol, in which a Parquet file describes itself; whoever runs over their end has found damage.</summary>
internal ref struct ThriftFields
{
    public const int Int32 = 5;
    public const int Binary = 8;
    public const int List = 9;
    public const int Struct = 12;

    private const int Stop = 0;
    private const int True = 1;
    private const int False = 2;
    private const int Byte = 3;
    private const int Int16 = 4;
    private const int Int64 = 6;
    private const int Double = 7;
    private const int Set = 10;
    private const int Map = 11;
    private const int Uuid = 13;

    private const int Deepest = 64;
    private const int LongForm = 0x0F;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    public ThriftFields(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Goes to the next field of a structure.</summary>
    /// <param name="id">The number of the field before, 0 before the first; then that of the field.</param>
    /// <param name="type">The field's type.</param>
    /// <returns>Whether there is one.</returns>
    public bool Next(ref int id, out int type)
    {
        int head = Take(1)[0];
        type = head & LongForm;
        if (type == Stop)
        {
            return false;
        }

        id = head >> 4 is > 0 and int step ? id + step : (int)ReadNumber();
        return true;
    }

    /// <summary>The number of elements of a list, each of which takes at least a byte.</summary>
    public int ReadList(out int type)
    {
        int head = Take(1)[0];
        type = head & LongForm;
        ulong count = head >> 4 == LongForm ? ReadVariable() : (ulong)(head >> 4);
        return count <= (ulong)(_bytes.Length - _position) ? (int)count : throw Damaged();
    }

    /// <summary>A whole number of any width.</summary>
    public long ReadNumber()
    {
        ulong number = ReadVariable();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>Bytes or text.</summary>
    public ReadOnlySpan<byte> ReadBinary() => ReadVariable() is <= int.MaxValue and ulong length ? Take((int)length) : throw Damaged();

    /// <summary>Passes over a value.</summary>
    public void Skip(int type) => Skip(type, isElement: false, depth: 0);

    private void Skip(int type, bool isElement, int depth)
    {
        switch (type)
        {
            // A field's type says its truth value.
            case True or False:
                Take(isElement ? 1 : 0);
                break;
            case Byte:
                Take(1);
                break;
            case Int16 or Int32 or Int64:
                ReadVariable();
                break;
            case Double:
                Take(sizeof(double));
                break;
            case Binary:
                ReadBinary();
                break;
            case Uuid:
                Take(2 * sizeof(ulong));
                break;
            case List or Set or Map or Struct when depth < Deepest:
                SkipNested(type, depth + 1);
                break;
            default:
                throw Damaged();
        }
    }

    private void SkipNested(int type, int depth)
    {
        if (type == Struct)
        {
            int id = 0;
            while (Next(ref id, out int field))
            {
                Skip(field, isElement: false, depth);
            }

            return;
        }

        if (type == Map)
        {
            SkipMap(depth);
            return;
        }

        int count = ReadList(out int element);
        for (int index = 0; index < count; index++)
        {
            Skip(element, isElement: true, depth);
        }
    }

    private void SkipMap(int depth)
    {
        ulong count = ReadVariable();
        int types = count == 0 ? 0 : Take(1)[0];
        for (ulong pair = 0; pair < count; pair++)
        {
            Skip(types >> 4, isElement: true, depth);
            Skip(types & LongForm, isElement: true, depth);
        }
    }

    private ulong ReadVariable()
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    private static InvalidDataException Damaged() => new("its description of itself is damaged");
}
