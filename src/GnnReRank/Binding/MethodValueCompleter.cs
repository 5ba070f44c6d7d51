using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GnnReRank.Binding;

/// <summary>Completes a number of a method with its default, and with its range as a tooltip.</summary>
public sealed class MethodValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ReRankMethodInfo info = MethodName.Find($"{fakeBoundParameters?["Method"]}") ?? ReRankMethods.Of(MethodName.Default);
        MethodParameter? parameter = info.Parameters.FirstOrDefault(
            known => parameterName.Equals(known.Name, StringComparison.OrdinalIgnoreCase) ||
                parameterName.Equals(known.Symbol, StringComparison.OrdinalIgnoreCase));
        return ValueCompleter.Matching(
            parameter?.ValueIn(info.Defaults) is not object value
                ? []
                : [(Convert.ToString(value, CultureInfo.InvariantCulture)!, parameter.Unset is null ? "The default." : "Its authors' value.")],
            wordToComplete);
    }
}
