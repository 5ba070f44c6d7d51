namespace GnnReRank.Formats.Mat.Values;

/// <summary>A cell array of a MAT-file, or a character matrix of several rows.</summary>
/// <param name="Shape">The extents.</param>
/// <param name="Values">What the cells hold, column by column: a <see cref="MatNumbers"/>, string, <see cref="MatCell"/> or <see cref="MatStruct"/> each.</param>
internal sealed record MatCell(IReadOnlyList<long> Shape, object[] Values);
