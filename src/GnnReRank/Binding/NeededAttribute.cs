using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>An object that a command cannot do without. Where it is empty or of another kind, the message says what to do; PowerShell's own does not.</summary>
internal abstract class NeededAttribute : ArgumentTransformationAttribute, INeed
{
    public abstract string Thing { get; }

    public abstract string Remedy { get; }

    public bool IsByName { get; init; }

    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // An empty list is the parameter's own affair.
        return FeatureValues.Unwrap(inputData) is object?[] several ? Array.ConvertAll(several, Checked) : Checked(inputData)!;
    }

    /// <summary>What to say of another kind of object; null leaves it to PowerShell.</summary>
    private protected abstract string? RefusalOf(object given);

    private object? Checked(object? given)
    {
        object? found = CarriedResult.Argument(given);
        object? bare = FeatureValues.Unwrap(found);
        string? refusal = bare is null ? $"Found nothing ($null), and {Thing} is needed: {Remedy}." : RefusalOf(bare);
        return refusal is null ? found : throw new ArgumentTransformationMetadataException(refusal);
    }
}
