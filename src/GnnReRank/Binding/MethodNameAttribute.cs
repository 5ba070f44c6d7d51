using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>
/// Takes a method, or a list of them, by name. The parameter is a text, since PowerShell completes an enumeration with its own names alone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MethodNameAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => FeatureValues.Unwrap(inputData) switch
    {
        object?[] several => Array.ConvertAll(several, each => NameOf(FeatureValues.Unwrap(each))),
        object given => NameOf(given),
        null => NameOf(null),
    };

    private static string NameOf(object? given)
    {
        string name = given?.ToString() ?? string.Empty;
        return MethodName.Find(name)?.Method.ToString() ?? throw new ArgumentTransformationMetadataException(MethodName.Refusal(name));
    }
}
