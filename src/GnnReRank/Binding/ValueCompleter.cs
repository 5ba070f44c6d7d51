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
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Matching(_values, wordToComplete);

    /// <summary>The values that begin with what was typed; never null, which would mean file names.</summary>
    internal static IEnumerable<CompletionResult> Matching(IEnumerable<(string Value, string Meaning)> values, string wordToComplete)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return values
            .Where(entry => entry.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(entry => new CompletionResult(entry.Value, entry.Value, CompletionResultType.ParameterValue, entry.Meaning));
    }
}
