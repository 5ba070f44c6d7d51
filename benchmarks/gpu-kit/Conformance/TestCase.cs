using System.Reflection;

namespace GnnReRank.GpuKit.Conformance;

/// <summary>One test with one row of its data.</summary>
/// <param name="Method">The test.</param>
/// <param name="Arguments">The row; empty for a fact.</param>
internal sealed record TestCase(MethodInfo Method, object?[] Arguments)
{
    public override string ToString() => Arguments.Length == 0 ? Method.Name : $"{Method.Name}({string.Join(", ", Arguments)})";
}
