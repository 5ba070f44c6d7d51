using System.Text;

namespace GnnReRank.Formats.Arrow;

/// <summary>
/// A schema as text: names, types and metadata. A file says its schema twice, before the record batches and in its footer, and neither has
/// a checksum: both must agree, so that no flipped bit renames a column, which would then be missed without a word.
/// </summary>
internal static class ArrowSchemaText
{
    // Places of fields in Arrow's Schema, Field, Int, FloatingPoint, FixedSizeList and KeyValue tables, and values of its type enumeration.
    private const int Fields = 1;
    private const int Metadata = 2;
    private const int FieldName = 0;
    private const int FieldKind = 2;
    private const int FieldType = 3;
    private const int FieldChildren = 5;
    private const int IntKind = 2;
    private const int IntWidth = 0;
    private const int IntIsSigned = 1;
    private const int FloatKind = 3;
    private const int FloatPrecision = 0;
    private const int FixedListKind = 16;
    private const int ListSize = 0;
    private const int Key = 0;
    private const int Value = 1;

    /// <summary>Describes a schema that was checked before: it is nested no deeper, and holds no more fields, than makes sense.</summary>
    public static string Of(FlatTable schema)
    {
        StringBuilder text = new();
        foreach (FlatTable field in schema.Tables(Fields))
        {
            Append(text, field);
        }

        foreach (FlatTable pair in schema.Tables(Metadata))
        {
            text.Append('\n').Append(pair.Text(Key)).Append(" = ").Append(pair.Text(Value));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, FlatTable field)
    {
        byte kind = field.Byte(FieldKind);
        text.Append('\'').Append(field.Text(FieldName)).Append("': ").Append(kind);
        if (field.Table(FieldType) is FlatTable type)
        {
            _ = kind switch
            {
                IntKind => text.Append(type.Byte(IntIsSigned) != 0 ? 's' : 'u').Append(type.Int32(IntWidth)),
                FloatKind => text.Append('p').Append(type.Int16(FloatPrecision)),
                FixedListKind => text.Append('x').Append(type.Int32(ListSize)),
                _ => text,
            };
        }

        text.Append('(');
        foreach (FlatTable child in field.Tables(FieldChildren))
        {
            Append(text, child);
        }

        text.Append(')');
    }
}
