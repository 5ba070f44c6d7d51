namespace GnnReRank.Formats.Mat.Values;

/// <summary>A struct, or an array of structs with the same fields, of a MAT-file.</summary>
/// <param name="Shape">The extents.</param>
/// <param name="Count">The number of structs.</param>
/// <param name="Fields">
/// Each field's values, one a struct, column by column: a <see cref="MatNumbers"/>, string, <see cref="MatCell"/> or <see cref="MatStruct"/> each.
/// </param>
internal sealed record MatStruct(IReadOnlyList<long> Shape, long Count, IReadOnlyDictionary<string, object[]> Fields);
