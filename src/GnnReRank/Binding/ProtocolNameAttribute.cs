using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Lets a protocol be named by a data set that it evaluates: 'SOP', 'CUHK03-NP'.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProtocolNameAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        FeatureValues.Unwrap(inputData) is not string name || name.Length == 0 || char.IsDigit(name[0]) ? inputData
        : ProtocolNames.Find(name) is EvaluationProtocol protocol ? protocol
        : throw new ArgumentTransformationMetadataException(
            $"'{name}' is no known protocol: use {string.Join(", ", Enum.GetNames<EvaluationProtocol>())}, or the name of a data set such as SOP.");
}
