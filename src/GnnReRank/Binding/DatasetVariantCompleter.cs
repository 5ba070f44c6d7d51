using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GnnReRank.Binding;

/// <summary>Completes the variant of the data set that is named beside it.</summary>
public sealed class DatasetVariantCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        return Named(fakeBoundParameters) is DatasetKind kind
            ? RetrievalDatasets.VariantsOf(kind)
                .Where(variant => variant.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(variant => new CompletionResult(variant, variant, CompletionResultType.ParameterValue, $"{kind}: {variant}"))
            : [];
    }

    private static DatasetKind? Named(IDictionary bound)
    {
        foreach (string parameter in (string[])["Protocol", "Dataset"])
        {
            if (bound.Contains(parameter) && DatasetKindNameAttribute.KindOf($"{bound[parameter]}") is DatasetKind kind)
            {
                return kind;
            }
        }

        return null;
    }
}
