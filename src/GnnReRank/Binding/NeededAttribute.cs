using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>An object that a command cannot do without. Where it is empty or of another kind, the message says what to do; PowerShell's own does not.</summary>
internal abstract class NeededAttribute : ArgumentTransformationAttribute, INeed
{
    public abstract string Thing { get; }

    public abstract string Remedy { get; }

    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? bare = FeatureValues.Unwrap(inputData);
        foreach (object? given in bare is object?[] several ? several : [bare])
        {
            if (Refusal(FeatureValues.Unwrap(given)) is string refusal)
            {
                throw new ArgumentTransformationMetadataException(refusal);
            }
        }

        return inputData;
    }

    /// <summary>What to say of another kind of object; null leaves it to PowerShell.</summary>
    private protected abstract string? RefusalOf(object given);

    private string? Refusal(object? given) => given is null
        ? $"Found nothing ($null), and {Thing} is needed: {Remedy}."
        : RefusalOf(given);
}
