using System.Buffers.Binary;
using System.Text;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Parquet;

/// <summary>
/// The footer of a Parquet file, which has no checksum. It says the name and type of each column in its schema and again with each row
/// group: both must agree, so that no flipped bit renames a column, which would then be missed without a word.
/// </summary>
internal static class ParquetFooter
{
    // Fields of FileMetaData, SchemaElement, RowGroup, ColumnChunk and ColumnMetaData.
    private const int Schema = 2;
    private const int RowGroups = 4;
    private const int ElementType = 1;
    private const int ElementName = 4;
    private const int ElementChildren = 5;
    private const int GroupColumns = 1;
    private const int ChunkMetadata = 3;
    private const int ChunkType = 1;
    private const int ChunkPath = 3;

    private const int EndLength = 8;
    private const int DeepestColumn = 64;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Holds the names and types of a file's columns against each other. What is no such file is left to the library to refuse.</summary>
    /// <exception cref="InvalidDataException">They disagree, or the footer is damaged.</exception>
    public static void Check(string path)
    {
        using FileStream file = InputFile.OpenRead(path);
        byte[] end = new byte[EndLength];
        file.Position = Math.Max(0, file.Length - EndLength);
        int read = file.ReadAtLeast(end, EndLength, throwOnEndOfStream: false);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (read < EndLength || !end.AsSpan().EndsWith(Magic) || length > file.Length - EndLength - Magic.Length || length > Array.MaxLength)
        {
            return;
        }

        byte[] footer = new byte[length];
        file.Position = file.Length - EndLength - length;
        file.ReadExactly(footer);
        ThriftFields schema = new(footer);
        ThriftFields groups = new(footer);
        if (FindList(ref schema, Schema) && FindList(ref groups, RowGroups))
        {
            CheckGroups(ref groups, Columns(ref schema));
        }
    }

    private static bool FindList(ref ThriftFields fields, int wanted)
    {
        int id = 0;
        while (fields.Next(ref id, out int type))
        {
            if ((id, type) == (wanted, ThriftFields.List))
            {
                return true;
            }

            fields.Skip(type);
        }

        return false;
    }

    // The tree of columns, each group followed by its children.
    private static List<(long Type, string Path)> Columns(ref ThriftFields footer)
    {
        List<(long Type, string Path)> columns = [];
        Stack<(string Prefix, long Left)> groups = new();
        int count = footer.ReadList(out _);
        for (int element = 0; element < count; element++)
        {
            (long type, string name, long children) = Element(ref footer);
            while (groups.TryPeek(out (string Prefix, long Left) full) && full.Left == 0)
            {
                groups.Pop();
            }

            (string prefix, long left) = groups.TryPop(out (string Prefix, long Left) group) ? group : (string.Empty, 1);
            groups.Push((prefix, left - 1));

            // The root has a name of its own, which is no part of the paths.
            string path = element == 0 ? string.Empty : prefix.Length == 0 ? name : $"{prefix}.{name}";
            if (children > 0 && groups.Count < DeepestColumn)
            {
                groups.Push((path, children));
            }
            else if (children > 0)
            {
                throw new InvalidDataException($"its columns lie more than {DeepestColumn} groups deep");
            }
            else
            {
                columns.Add((type, path));
            }
        }

        return columns;
    }

    private static (long Type, string Name, long Children) Element(ref ThriftFields footer)
    {
        (long type, string name, long children) = (-1, string.Empty, 0);
        int id = 0;
        while (footer.Next(ref id, out int field))
        {
            switch (id, field)
            {
                case (ElementType, ThriftFields.Int32):
                    type = footer.ReadNumber();
                    break;
                case (ElementName, ThriftFields.Binary):
                    name = Encoding.UTF8.GetString(footer.ReadBinary());
                    break;
                case (ElementChildren, ThriftFields.Int32):
                    children = footer.ReadNumber();
                    break;
                default:
                    footer.Skip(field);
                    break;
            }
        }

        return (type, name, children);
    }

    private static void CheckGroups(ref ThriftFields footer, List<(long Type, string Path)> columns)
    {
        int groups = footer.ReadList(out _);
        for (int group = 0; group < groups; group++)
        {
            int id = 0;
            while (footer.Next(ref id, out int type))
            {
                if ((id, type) != (GroupColumns, ThriftFields.List))
                {
                    footer.Skip(type);
                    continue;
                }

                int count = footer.ReadList(out _);
                if (count != columns.Count)
                {
                    throw new InvalidDataException($"its schema has {columns.Count:N0} columns, and row group {group} has {count:N0}");
                }

                for (int column = 0; column < count; column++)
                {
                    CheckChunk(ref footer, columns[column], group);
                }
            }
        }
    }

    private static void CheckChunk(ref ThriftFields footer, (long Type, string Path) column, int group)
    {
        int id = 0;
        while (footer.Next(ref id, out int type))
        {
            if ((id, type) == (ChunkMetadata, ThriftFields.Struct))
            {
                CheckMetadata(ref footer, column, group);
            }
            else
            {
                footer.Skip(type);
            }
        }
    }

    private static void CheckMetadata(ref ThriftFields footer, (long Type, string Path) column, int group)
    {
        int id = 0;
        while (footer.Next(ref id, out int field))
        {
            switch (id, field)
            {
                case (ChunkType, ThriftFields.Int32):
                    long type = footer.ReadNumber();
                    if (type != column.Type)
                    {
                        throw new InvalidDataException($"its schema says that the column '{column.Path}' is of type {column.Type}, and row group {group} that it is of type {type}");
                    }

                    break;
                case (ChunkPath, ThriftFields.List):
                    string path = PathOf(ref footer);
                    if (path != column.Path)
                    {
                        throw new InvalidDataException($"its schema calls a column '{column.Path}', and row group {group} calls it '{path}'");
                    }

                    break;
                default:
                    footer.Skip(field);
                    break;
            }
        }
    }

    private static string PathOf(ref ThriftFields footer)
    {
        int count = footer.ReadList(out _);
        string[] parts = new string[count];
        for (int part = 0; part < count; part++)
        {
            parts[part] = Encoding.UTF8.GetString(footer.ReadBinary());
        }

        return string.Join('.', parts);
    }
}
