using System.Text;

namespace GnnReRank.Formats.Hdf5;

/// <summary>The attributes in an object's header. Those of an object with very many are kept elsewhere and not looked for.</summary>
internal static class Hdf5Attributes
{
    private const int Alignment = 8;

    /// <summary>The bytes of an attribute's value; null where the object has none of that name.</summary>
    /// <exception cref="InvalidDataException">An attribute is damaged.</exception>
    public static ReadOnlyMemory<byte>? Find(Hdf5Source source, Hdf5Header header, string name) => FindTyped(source, header, name)?.Value;

    /// <summary>The type of an attribute's elements, as the file describes it, and the bytes of its value; null where the object has none of that name.</summary>
    /// <exception cref="InvalidDataException">An attribute is damaged.</exception>
    public static (ReadOnlyMemory<byte> Type, ReadOnlyMemory<byte> Value)? FindTyped(Hdf5Source source, Hdf5Header header, string name)
    {
        foreach (ReadOnlyMemory<byte> message in header.All(Hdf5MessageType.Attribute))
        {
            Hdf5Cursor cursor = source.Cursor(message);
            int version = cursor.ReadByte();
            cursor.Skip(1);
            int nameLength = cursor.ReadUInt16();
            int typeLength = cursor.ReadUInt16();
            int shapeLength = cursor.ReadUInt16();
            cursor.Skip(version >= 3 ? 1 : 0);
            int step = version == 1 ? Alignment : 1;
            ReadOnlyMemory<byte> found = cursor.ReadBytes(Padded(nameLength, step));
            ReadOnlyMemory<byte> type = cursor.ReadBytes(Padded(typeLength, step));
            cursor.Skip(Padded(shapeLength, step));
            if (Encoding.UTF8.GetString(found.Span).TrimEnd('\0') == name)
            {
                return (type, cursor.ReadBytes(cursor.Left));
            }
        }

        return null;
    }

    /// <summary>The text of an attribute, without what fills it up; null where the object has none of that name.</summary>
    /// <exception cref="InvalidDataException">An attribute is damaged.</exception>
    public static string? Text(Hdf5Source source, Hdf5Header header, string name) =>
        Find(source, header, name) is { } value ? Encoding.ASCII.GetString(value.Span).TrimEnd('\0', ' ') : null;

    private static int Padded(int length, int step) => (length + step - 1) / step * step;
}
