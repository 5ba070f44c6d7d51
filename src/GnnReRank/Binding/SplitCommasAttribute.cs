using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Lets a list of values be given as one text, 'Query,Gallery', as it comes from a file, a variable or another shell.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SplitCommasAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : inputData;
    }
}
