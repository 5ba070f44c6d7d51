namespace GnnReRank.Formats.Arrays;

/// <summary>Converts a run of elements, in this machine's byte order, to their final type.</summary>
/// <param name="source">Whole elements.</param>
/// <param name="type">Their type.</param>
/// <param name="target">Receives as many numbers.</param>
internal delegate void ElementConverter<T>(ReadOnlySpan<byte> source, ArrayElementType type, Span<T> target);
