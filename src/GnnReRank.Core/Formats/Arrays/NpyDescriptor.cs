using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Arrays;

/// <summary>The element types of numpy, as far as features, labels and names need them.</summary>
internal static class NpyDescriptor
{
    /// <summary>Bytes of one UTF-32 character of a '&lt;U' string.</summary>
    public const int CharacterSize = 4;

    /// <summary>The type of a numeric descriptor such as "&lt;f4"; null for anything else.</summary>
    public static ArrayElementType? Numeric(string descriptor)
    {
        if (descriptor.Length != 3 || descriptor[0] is not ('<' or '>' or '|' or '='))
        {
            return null;
        }

        bool isBigEndian = descriptor[0] == '>';
        return descriptor[1..] switch
        {
            "f2" or "f4" or "f8" => new ArrayElementType(ElementKind.FloatingPoint, descriptor[2] - '0', isBigEndian),
            "i1" or "i2" or "i4" or "i8" => new ArrayElementType(ElementKind.SignedInteger, descriptor[2] - '0', isBigEndian),
            "u1" or "u2" or "u4" or "u8" => new ArrayElementType(ElementKind.UnsignedInteger, descriptor[2] - '0', isBigEndian),
            "b1" => new ArrayElementType(ElementKind.UnsignedInteger, 1, isBigEndian),
            _ => null,
        };
    }

    /// <summary>The bytes of one string of a text descriptor such as "&lt;U12" or "|S8"; null for anything else.</summary>
    public static int? TextSize(string descriptor, out bool isUnicode)
    {
        isUnicode = descriptor.Length > 2 && descriptor[1] == 'U';
        bool isText = isUnicode || (descriptor.Length > 2 && descriptor[1] == 'S');
        int unit = isUnicode ? CharacterSize : 1;
        return isText && int.TryParse(descriptor.AsSpan(2), System.Globalization.NumberStyles.None, null, out int length) && length <= int.MaxValue / unit
            ? length * unit
            : null;
    }

    /// <summary>Why an array of this type is not read.</summary>
    public static GnnReRankException Refused(string path, string array, string? descriptor, string wanted) => descriptor switch
    {
        null => FormatErrors.Unsupported(path, $"{array} has a structured type (a record a row), and {wanted} are needed. Save the columns as arrays of their own."),
        [_, 'U' or 'S', ..] => FormatErrors.Unsupported(
            path, $"{array} holds texts (numpy type '{descriptor}'), and {wanted} are needed. " +
            "Save numbers in their place: a.astype('int64') where they are digits, numpy.unique(a, return_inverse=True)[1] to number any texts, those of query and gallery together."),
        _ => FormatErrors.Unsupported(path, $"{array} has the numpy type '{descriptor}', and {wanted} are needed."),
    };
}
