namespace GnnReRank.Formats.Torch;

/// <summary>The memory behind tensors, as a pickle names it. Where its bytes lie is known once the file says so.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Count">How many it claims to hold.</param>
internal sealed record TorchStorage(string Key, TorchElement Element, long Count);
