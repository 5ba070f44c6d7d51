using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GnnReRank.Binding;

/// <summary>Completes an object with the session's variables that hold one, or a list of them; never with file names, which are no objects.</summary>
public abstract class VariableCompleter : IArgumentCompleter
{
    private protected VariableCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        (string, string)[] found =
        [
            .. from variable in shell.AddCommand("Microsoft.PowerShell.Utility\\Get-Variable").Invoke<PSVariable>()
               let value = FeatureValues.Unwrap(variable.Value)
               let first = value is object?[] { Length: > 0 } list ? FeatureValues.Unwrap(list[0]) : value
               where first is not null && Takes(first)
               select (variable.Name.All(char.IsLetterOrDigit) ? $"${variable.Name}" : $"${{{variable.Name}}}", value is object?[] several ? $"{several.Length:N0} objects, the first: {first}" : $"{first}"),
        ];
        return ValueCompleter.Matching(found, wordToComplete);
    }

    /// <summary>Whether the parameter takes such an object.</summary>
    private protected abstract bool Takes(object value);
}
