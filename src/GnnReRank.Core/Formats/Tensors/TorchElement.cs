using System.Collections.Frozen;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Tensors;

/// <summary>The type of a tensor's elements.</summary>
/// <param name="Kind">How the bytes are meant; those of a bfloat16 are the upper half of a float32.</param>
/// <param name="Size">The bytes of one element.</param>
/// <param name="IsBrainFloat">Whether it is bfloat16.</param>
internal sealed record TorchElement(ElementKind Kind, int Size, bool IsBrainFloat = false)
{
    private static readonly FrozenDictionary<string, TorchElement> s_byName = new Dictionary<string, TorchElement>
    {
        ["torch.FloatStorage"] = new(ElementKind.FloatingPoint, 4),
        ["torch.float32"] = new(ElementKind.FloatingPoint, 4),
        ["torch.DoubleStorage"] = new(ElementKind.FloatingPoint, 8),
        ["torch.float64"] = new(ElementKind.FloatingPoint, 8),
        ["torch.HalfStorage"] = new(ElementKind.FloatingPoint, 2),
        ["torch.float16"] = new(ElementKind.FloatingPoint, 2),
        ["torch.BFloat16Storage"] = new(ElementKind.FloatingPoint, 2, IsBrainFloat: true),
        ["torch.bfloat16"] = new(ElementKind.FloatingPoint, 2, IsBrainFloat: true),
        ["torch.LongStorage"] = new(ElementKind.SignedInteger, 8),
        ["torch.int64"] = new(ElementKind.SignedInteger, 8),
        ["torch.IntStorage"] = new(ElementKind.SignedInteger, 4),
        ["torch.int32"] = new(ElementKind.SignedInteger, 4),
        ["torch.ShortStorage"] = new(ElementKind.SignedInteger, 2),
        ["torch.int16"] = new(ElementKind.SignedInteger, 2),
        ["torch.CharStorage"] = new(ElementKind.SignedInteger, 1),
        ["torch.int8"] = new(ElementKind.SignedInteger, 1),
        ["torch.ByteStorage"] = new(ElementKind.UnsignedInteger, 1),
        ["torch.uint8"] = new(ElementKind.UnsignedInteger, 1),
        ["torch.BoolStorage"] = new(ElementKind.UnsignedInteger, 1),
        ["torch.bool"] = new(ElementKind.UnsignedInteger, 1),
        ["torch.uint16"] = new(ElementKind.UnsignedInteger, 2),
        ["torch.uint32"] = new(ElementKind.UnsignedInteger, 4),
        ["torch.uint64"] = new(ElementKind.UnsignedInteger, 8),
        ["torch.storage.UntypedStorage"] = new(ElementKind.UnsignedInteger, 1),
    }.ToFrozenDictionary();

    /// <summary>The type of a name on the pickle's allow-list: a storage class or an element type.</summary>
    public static TorchElement Of(string name) => s_byName[name];
}
