using GnnReRank.Evaluation.Protocols;

namespace GnnReRank;

/// <summary>The names of the protocols, and how their results are shown.</summary>
public static class EvaluationProtocols
{
    private static readonly Dictionary<string, EvaluationProtocol> s_byLetters = KnownProtocols.All
        .SelectMany(traits => NamesOf(traits).Select(entry => entry.Name).Concat(traits.Spellings).Select(name => (Name: name, traits.Protocol)))
        .ToDictionary(entry => Letters(entry.Name), entry => entry.Protocol);

    /// <summary>Each protocol's name, with those of the data sets that it evaluates after it.</summary>
    public static IReadOnlyList<ProtocolName> GetNames() => PublicList.Of<ProtocolName>([.. KnownProtocols.All.SelectMany(NamesOf)]);

    /// <summary>The protocol of a name, however it is hyphened or cased; null where there is none.</summary>
    /// <param name="name">A protocol, or a data set that it evaluates: "SOP", "CUHK03-NP".</param>
    public static EvaluationProtocol? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return s_byLetters.TryGetValue(Letters(name), out EvaluationProtocol found) ? found : null;
    }

    /// <summary>Whether a protocol's results hold figures that those of others leave empty, so that a table of their own shows them best.</summary>
    /// <param name="protocol">The protocol.</param>
    public static bool HasFiguresOfItsOwn(EvaluationProtocol protocol) => KnownProtocols.Find(protocol) is { HasFiguresOfItsOwn: true };

    private static IEnumerable<ProtocolName> NamesOf(ProtocolTraits traits) => traits.DataSets
        .Select(dataSet => new ProtocolName(dataSet.Name, traits.Protocol, dataSet.Meaning))
        .Prepend(new ProtocolName(traits.Protocol.ToString(), traits.Protocol, traits.Meaning));

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
