using System.Management.Automation;

namespace GnnReRank.Tests.Module;

/// <summary>What came out of a script, stream by stream.</summary>
internal sealed record ScriptResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The one error, written or thrown.</summary>
    public ErrorRecord Error => Assert.Single(Errors);

    /// <summary>The id of the one error, without the command's name after it.</summary>
    public string ErrorId => Error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The one output, of the given type.</summary>
    public T Single<T>() => Assert.IsType<T>(Assert.Single(Output).BaseObject);

    /// <summary>A property of the one output.</summary>
    public object? this[string property] => Assert.Single(Output).Properties[property].Value;
}
