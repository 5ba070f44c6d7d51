using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GnnReRank.Binding;

/// <summary>Completes a cluster job with the variables that hold one, and with folders.</summary>
public sealed class ClusterJobCompleter : IArgumentCompleter
{
    private readonly JobVariables _variables = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        [
            .. _variables.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters),
            .. wordToComplete.StartsWith('$')
                ? []
                : CompletionCompleters.CompleteFilename(wordToComplete)
                    .Where(found => found.ResultType == CompletionResultType.ProviderContainer),
        ];

    private sealed class JobVariables : VariableCompleter
    {
        private protected override bool Takes(object value) => value is ReRankClusterJob or ClusterJobStatus;
    }
}
