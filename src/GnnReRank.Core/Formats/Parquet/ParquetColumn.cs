using System.Runtime.InteropServices;
using GnnReRank.Formats.Columns;
using ParquetSharp;
using ParquetSharp.Schema;

namespace GnnReRank.Formats.Parquet;

/// <summary>One leaf column of a Parquet file, and how its levels are to be understood.</summary>
internal sealed record ParquetColumn
{
    /// <summary>The name people see: that of the list, not of its element.</summary>
    public required string Name { get; init; }

    /// <summary>The position among the file's leaf columns.</summary>
    public required int Index { get; init; }

    public required ParquetElement Element { get; init; }

    /// <summary>The digits after the point of a decimal; 0 for other types.</summary>
    public required int Scale { get; init; }

    /// <summary>The definition level of a value that is there; anything lower is null or empty.</summary>
    public required short MaxDefinition { get; init; }

    public required short MaxRepetition { get; init; }

    /// <summary>The definition level from which on a list has an element; one less is an empty list, lower yet a null list.</summary>
    public required short ElementDefinition { get; init; }

    public ColumnInfo Info => new(
        Name,
        IsNumber: Element is not (ParquetElement.Other or ParquetElement.Text or ParquetElement.Boolean) && MaxRepetition <= 1,
        IsText: Element == ParquetElement.Text && MaxRepetition == 0,
        IsList: MaxRepetition > 0)
    {
        MayHoldVectors = Element == ParquetElement.Text && MaxRepetition == 0,
    };

    /// <summary>All leaf columns of a file.</summary>
    public static IReadOnlyList<ParquetColumn> All(SchemaDescriptor schema, CancellationToken cancellation)
    {
        string[][] paths = new string[schema.NumColumns][];
        Dictionary<string, int> leaves = new(StringComparer.Ordinal);
        for (int index = 0; index < paths.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            paths[index] = PathOf(schema.Column(index));
            CollectionsMarshal.GetValueRefOrAddDefault(leaves, paths[index][0], out _)++;
        }

        ParquetColumn[] columns = new ParquetColumn[paths.Length];
        for (int index = 0; index < columns.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            columns[index] = Of(schema.Column(index), index, paths[index], leaves[paths[index][0]]);
        }

        return columns;
    }

    private static ParquetColumn Of(ColumnDescriptor column, int index, string[] path, int leaves)
    {
        using LogicalType? logical = LogicalTypeOf(column);
        bool ownList = column.MaxRepetitionLevel > 0 && leaves == 1;
        return new ParquetColumn
        {
            Name = ownList ? path[0] : string.Join('.', path),
            Index = index,
            Element = ElementOf(column, logical),
            Scale = logical is DecimalLogicalType { Scale: int scale } ? scale : 0,
            MaxDefinition = column.MaxDefinitionLevel,
            MaxRepetition = column.MaxRepetitionLevel,
            ElementDefinition = ElementDefinitionOf(column),
        };
    }

    private static string[] PathOf(ColumnDescriptor column)
    {
        using ColumnPath path = column.Path;
        return path.ToDotVector();
    }

    private static short ElementDefinitionOf(ColumnDescriptor column)
    {
        // Every node above counts, the repeated one included; optional nodes below it tell null elements from present ones.
        short below = 0;
        Node? node = column.SchemaNode;
        while (node is not null && node.Repetition != Repetition.Repeated)
        {
            below += node.Repetition == Repetition.Optional ? (short)1 : (short)0;
            Node? parent = node.Parent;
            node.Dispose();
            node = parent;
        }

        node?.Dispose();
        return (short)(column.MaxDefinitionLevel - below);
    }

    // A type newer than the library is met with this exception; the file's other columns are still good.
    private static LogicalType? LogicalTypeOf(ColumnDescriptor column)
    {
        try
        {
            return column.LogicalType;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static ParquetElement ElementOf(ColumnDescriptor column, LogicalType? logical) => (column.PhysicalType, logical?.Type) switch
    {
        (_, null) => ParquetElement.Other,
        (PhysicalType.Boolean, _) => ParquetElement.Boolean,
        (PhysicalType.Float, _) => ParquetElement.Float,
        (PhysicalType.Double, _) => ParquetElement.Double,
        (PhysicalType.FixedLenByteArray, LogicalTypeEnum.Float16) => ParquetElement.Half,
        (PhysicalType.Int32, LogicalTypeEnum.None) => ParquetElement.Int32,
        (PhysicalType.Int32, LogicalTypeEnum.Int) => ((IntLogicalType)logical!).IsSigned ? ParquetElement.Int32 : ParquetElement.UInt32,
        (PhysicalType.Int32, LogicalTypeEnum.Decimal) => ParquetElement.Decimal32,
        (PhysicalType.Int64, LogicalTypeEnum.None) => ParquetElement.Int64,
        (PhysicalType.Int64, LogicalTypeEnum.Int) => ((IntLogicalType)logical!).IsSigned ? ParquetElement.Int64 : ParquetElement.UInt64,
        (PhysicalType.Int64, LogicalTypeEnum.Decimal) => ParquetElement.Decimal64,
        (PhysicalType.ByteArray, LogicalTypeEnum.String or LogicalTypeEnum.Enum or LogicalTypeEnum.None) => ParquetElement.Text,
        _ => ParquetElement.Other,
    };
}
