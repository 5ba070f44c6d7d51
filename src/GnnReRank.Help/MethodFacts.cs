namespace GnnReRank.Help;

/// <summary>A re-ranking method as people choose it, with the parameters that it brings to a command.</summary>
/// <param name="Name">The value of -Method.</param>
/// <param name="Description">What it does, in a line.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Parameters">Its parameters, in their order.</param>
internal sealed record MethodFacts(string Name, string Description, string Source, IReadOnlyList<MethodParameterFacts> Parameters);
