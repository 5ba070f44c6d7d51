namespace GnnReRank.Extractor;

/// <summary>Something that the caller can mend: what was found, and what to do.</summary>
internal sealed class ExtractionException(string message, Exception? cause = null) : Exception(message, cause);
