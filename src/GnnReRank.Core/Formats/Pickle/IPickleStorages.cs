namespace GnnReRank.Formats.Pickle;

/// <summary>Gives what a pickle names by a persistent id: the storages of PyTorch tensors, which lie outside the pickle.</summary>
internal interface IPickleStorages
{
    /// <exception cref="GnnReRankException">The id names no storage.</exception>
    object Load(object? persistentId, PickleSite site);
}
