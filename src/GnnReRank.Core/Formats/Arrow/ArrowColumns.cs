using Apache.Arrow;
using Apache.Arrow.Types;
using GnnReRank.Formats.Columns;

namespace GnnReRank.Formats.Arrow;

/// <summary>What Arrow's types mean for features, labels and names.</summary>
internal static class ArrowColumns
{
    public static ColumnInfo Info(Field field)
    {
        IArrowType element = ElementOf(field.DataType);
        bool isList = IsList(field.DataType);
        bool isText = !isList && IsText(element);
        return new ColumnInfo(field.Name, IsNumber(element), isText, isList) { MayHoldVectors = isText };
    }

    /// <summary>The type of a list's elements, or of a dictionary's values; any other type itself.</summary>
    public static IArrowType ElementOf(IArrowType type) => type switch
    {
        ListType list => list.ValueDataType,
        LargeListType list => list.ValueDataType,
        FixedSizeListType list => list.ValueDataType,
        DictionaryType dictionary => dictionary.ValueType,
        _ => type,
    };

    public static bool IsList(IArrowType type) => type is ListType or LargeListType or FixedSizeListType;

    private static bool IsText(IArrowType type) => type.TypeId is ArrowTypeId.String or ArrowTypeId.LargeString;

    private static bool IsNumber(IArrowType type) => type.TypeId is ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double
        or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
        or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64;
}
