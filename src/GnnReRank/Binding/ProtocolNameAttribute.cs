using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>
/// Lets a protocol be named by a data set that it evaluates: 'SOP', 'CUHK03-NP'. The parameter is a text, since PowerShell completes an
/// enumeration with its own names alone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProtocolNameAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        FeatureValues.Unwrap(inputData)?.ToString() is not { Length: > 0 } name ? inputData
        : EvaluationProtocols.Find(name) is EvaluationProtocol protocol ? protocol.ToString()
        : throw new ArgumentTransformationMetadataException(
            $"'{name}' is no known protocol: use {string.Join(", ", Enum.GetNames<EvaluationProtocol>())}, or the name of a data set such as SOP.");
}
