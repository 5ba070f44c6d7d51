using System.Collections;
using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Says what to do where an object or a list stands in the place of a text: PowerShell would take its type's name, or say less.</summary>
/// <param name="need">What is needed, and where the object belongs.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextNeededAttribute(string need) : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? bare = FeatureValues.Unwrap(inputData);
        string? found = bare is IList ? "list" : bare?.GetType() is { Namespace: nameof(GnnReRank) } type ? type.Name : null;
        return found is null ? inputData : throw new ArgumentTransformationMetadataException($"Found a {found}, and {need}.");
    }
}
