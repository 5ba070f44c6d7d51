using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Arrow;

/// <summary>Holds a schema against what is read, by its FlatBuffer alone: the library follows it however deep it goes.</summary>
internal static class ArrowSchemaCheck
{
    /// <summary>The field of a message that says how long its body is.</summary>
    public const int BodyLength = 3;

    // Places of fields in Arrow's Message, Schema and Field tables, and values of their enumerations.
    private const int HeaderType = 1;
    private const int Header = 2;
    private const int SchemaHeader = 1;
    private const int Endianness = 0;
    private const int Fields = 1;
    private const int TypeKind = 2;
    private const int Children = 5;
    private const int BinaryView = 23;
    private const int Utf8View = 24;

    private const int Deepest = 16;

    /// <summary>Whether a message holds a schema, as the first one does, but not in the files of every program.</summary>
    public static bool IsSchema(FlatTable message) => message.Byte(HeaderType) == SchemaHeader;

    /// <summary>The schema that a message holds.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static FlatTable SchemaOf(FlatTable message) =>
        IsSchema(message) && message.Table(Header) is FlatTable schema
            ? schema
            : throw new InvalidDataException("its first message is no schema");

    /// <exception cref="GnnReRankException">A type or byte order is not read.</exception>
    /// <exception cref="InvalidDataException">It is nested too deep.</exception>
    public static void Check(FlatTable schema, string path)
    {
        if (schema.Byte(Endianness) != 0)
        {
            throw FormatErrors.Unsupported(path, "its numbers are big-endian. Save it on a little-endian machine.");
        }

        int left = schema.Buffer.Length;
        foreach (FlatTable field in schema.Tables(Fields))
        {
            Check(field, Deepest, ref left, path);
        }
    }

    private static void Check(FlatTable field, int depth, ref int left, string path)
    {
        // One field may be named by many parents: each takes some bytes, so that more fields than bytes are such a tree.
        if (depth == 0 || --left < 0)
        {
            throw new InvalidDataException("its types are nested too deep");
        }

        if (field.Byte(TypeKind) is BinaryView or Utf8View)
        {
            throw FormatErrors.Unsupported(path, "it has a column of string views. Save texts as utf8 (pyarrow: column.cast('string'); polars: compat_level=CompatLevel.oldest()).");
        }

        foreach (FlatTable child in field.Tables(Children))
        {
            Check(child, depth - 1, ref left, path);
        }
    }
}
