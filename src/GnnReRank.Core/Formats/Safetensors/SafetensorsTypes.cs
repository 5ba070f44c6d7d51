using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Safetensors;

/// <summary>The element types of safetensors files.</summary>
internal static class SafetensorsTypes
{
    /// <summary>The type of a tensor's elements as they are read; null where they are no real numbers that are read.</summary>
    public static ArrayElementType? Numeric(string name) => name switch
    {
        "F16" => Make(ElementKind.FloatingPoint, 2),
        "F32" or "BF16" => Make(ElementKind.FloatingPoint, 4),
        "F64" => Make(ElementKind.FloatingPoint, 8),
        "I8" => Make(ElementKind.SignedInteger, 1),
        "I16" => Make(ElementKind.SignedInteger, 2),
        "I32" => Make(ElementKind.SignedInteger, 4),
        "I64" => Make(ElementKind.SignedInteger, 8),
        "U8" or "BOOL" => Make(ElementKind.UnsignedInteger, 1),
        "U16" => Make(ElementKind.UnsignedInteger, 2),
        "U32" => Make(ElementKind.UnsignedInteger, 4),
        "U64" => Make(ElementKind.UnsignedInteger, 8),
        _ => null,
    };

    private static ArrayElementType Make(ElementKind kind, int size) => new(kind, size, IsBigEndian: false);
}
