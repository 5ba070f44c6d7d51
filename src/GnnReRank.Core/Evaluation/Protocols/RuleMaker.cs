namespace GnnReRank.Evaluation.Protocols;

/// <summary>Makes a protocol's rule for one pair of query and gallery.</summary>
/// <param name="settings">The settings, with the protocol and the difficulty decided.</param>
/// <param name="query">The queries.</param>
/// <param name="gallery">The gallery.</param>
/// <exception cref="GnnReRankException">The matrices or the settings lack what the rule needs.</exception>
internal delegate IRelevanceRule RuleMaker(EvaluationSettings settings, FeatureMatrix query, FeatureMatrix gallery);
