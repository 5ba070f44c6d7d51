using GnnReRank.Formats.Pickle;
using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Torch;

/// <summary>The storages that a pickle of PyTorch names, each once.</summary>
internal class TorchStorages : IPickleStorages
{
    private readonly Dictionary<string, TorchStorage> _byKey = [];

    /// <summary>The storages named so far.</summary>
    public IReadOnlyDictionary<string, TorchStorage> ByKey => _byKey;

    /// <summary>('storage', storage class, key, location, element count), in the older format with a view behind it.</summary>
    public object Load(object? persistentId, PickleSite site)
    {
        if (persistentId is not object?[] { Length: 5 or 6 } id
            || id is not ["storage", PickleGlobal { Callable: PickleCallable.TorchStorageType } type, string key, _, long count, ..])
        {
            throw site.Refused("asks for an object outside the pickle that is no tensor storage");
        }

        if (id.Length == 6 && id[5] is not null)
        {
            throw site.Unsupported("the tensor lies in a view of a storage, as PyTorch before 0.4 wrote it. Load and save it again with a newer PyTorch.");
        }

        if (!_byKey.TryGetValue(key, out TorchStorage? storage))
        {
            storage = new TorchStorage(key, TorchElement.Of(type.Name), count);
            if (storage.ByteCount < 0)
            {
                throw site.Corrupt($"the storage '{PickleSite.Shown(key)}' claims {count:N0} elements.");
            }

            Locate(storage, site);
            _byKey.Add(key, storage);
        }

        return storage.Element == TorchElement.Of(type.Name) && storage.Count == count
            ? storage
            : throw site.Corrupt($"the storage '{PickleSite.Shown(key)}' is named twice, with different types or sizes.");
    }

    /// <summary>Says where the bytes of a storage are, where that is known when it is first named.</summary>
    /// <exception cref="GnnReRankException">They are not there.</exception>
    protected virtual void Locate(TorchStorage storage, PickleSite site)
    {
    }
}
