using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GnnReRank.Binding;

/// <summary>Completes an argument from a short list of values, each with a line that says what it means.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private readonly (string Value, string Meaning)[] _values;

    private protected ValueCompleter(params (string Value, string Meaning)[] values) => _values = values;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return _values
            .Where(entry => entry.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(entry => new CompletionResult(entry.Value, entry.Value, CompletionResultType.ParameterValue, entry.Meaning));
    }
}
