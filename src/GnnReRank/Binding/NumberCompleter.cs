using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GnnReRank.Binding;

/// <summary>Completes a number with the usual ones, by the name of its parameter; where there are none, with nothing rather than file names.</summary>
public sealed class NumberCompleter : IArgumentCompleter
{
    private static readonly Dictionary<string, (string Value, string Meaning)[]> s_usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Top"] = [("10", "The first ten."), ("100", "The first hundred.")],
        ["Recall"] = [("0.98", "The default."), ("0.95", "Faster."), ("0.99", "Nearer to exact.")],
        ["Alpha"] = [("0.05", "The default: one in twenty."), ("0.01", "One in a hundred.")],
        ["Bootstrap"] = [("1000", "Usual: ends that are sure to a few hundredths of a point."), ("10000", "Smoother ends, in ten times the time.")],
        ["Seed"] = [("0", "The default."), ("1", "Other draws.")],
        ["Draws"] = [("100", "As Cuhk03Classic is reported."), ("10", "As VehicleId is reported.")],
        ["Budget"] = [("24", "The default."), ("6", "A first look."), ("100", "A thorough search.")],
        ["ThrottleLimit"] = [("0", "The default: a thread a core."), ("1", "One thread.")],
        ["LayerCount"] = [("2", "The default, the paper's."), ("0", "No messages: the descriptions of the start are compared."), ("1", "One."), ("3", "Three.")],
        ["EdgeExponent"] = [("2", "The default, the paper's."), ("0", "All messages weigh alike."), ("1", "By their cosine.")],
        ["CosineWeight"] = [("0", "Paper's default: none."), ("0.3", "Reference's default.")],
        ["ImagesPerIdentity"] = [("4", "Few images: a camera or two."), ("25", "As Market-1501 has about.")],
        ["Pca"] = [
            ("128", "A hundred and twenty-eight: nearly all of most features."), ("256", "Two hundred and fifty-six.")],
        ["Shrinkage"] = [("0.5", "The default."), ("0.1", "Little."), ("0", "None: all variances become equal.")],
        ["First"] = [("1000", "The first thousand.")],
        ["Random"] = [("1000", "A thousand.")],
        ["Index"] = [("0", "The first row.")],
        ["Row"] = [("0", "The first row.")],
        ["MinimumScore"] = [("0.5", "Rows that are half alike."), ("0.8", "Rows that are much alike.")],
        ["QueryIndex"] = [("0", "The first query.")],
        ["Columns"] = [("0", "The first dimension; (0..255) takes 256.")],
        ["Label"] = [("-1", "Junk, by the field's convention."), ("0", "Distractors, of Market-1501.")],
        ["Rank"] = [("20", "CMC at rank 20."), ("50", "CMC at rank 50.")],
        ["ShardSize"] = [("1000000", "The default: a million rows."), ("250000", "Smaller items.")],
        ["QueriesPerItem"] = [("1000", "A thousand.")],
        ["Tasks"] = [("16", "The default."), ("64", "Sixty-four at a time.")],
        ["ThreadsPerTask"] = [("0", "The default: all that a task is given."), ("16", "Sixteen.")],
        ["MemoryPerTask"] = [("16GB", "The default."), ("64GB", "Larger items.")],
        ["LocalTasks"] = [("0", "The default: as the cores allow."), ("1", "One at a time.")],
        ["Timeout"] = [("60", "A minute."), ("3600", "An hour.")],
        ["MaxQueries"] = [("100", "The hundred that changed most.")],
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ValueCompleter.Matching(s_usual.GetValueOrDefault(parameterName, []), wordToComplete);
}
