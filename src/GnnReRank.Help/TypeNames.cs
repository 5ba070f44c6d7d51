using System.Management.Automation;
using Microsoft.PowerShell;

namespace GnnReRank.Help;

/// <summary>Types as PowerShell users write them.</summary>
internal static class TypeNames
{
    /// <summary>The element of an array, the value of a nullable, or the type itself.</summary>
    public static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type;

    /// <summary>Such as "int", "string[]", "GnnReRank.FeatureMatrix".</summary>
    public static string Full(Type type)
    {
        // The engine adds the assembly to the name of a type that it cannot find by name alone.
        string name = ToStringCodeMethods.Type(PSObject.AsPSObject(Nullable.GetUnderlyingType(type) ?? type));
        return name.Split(',')[0];
    }

    /// <summary>Such as "int", "string[]", "FeatureMatrix".</summary>
    public static string Short(Type type) => Full(type).Split('.')[^1];
}
