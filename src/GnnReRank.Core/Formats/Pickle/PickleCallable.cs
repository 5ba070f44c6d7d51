namespace GnnReRank.Formats.Pickle;

/// <summary>What a name on the allow-list stands for. None of them runs anything: each is data made by this reader.</summary>
internal enum PickleCallable
{
    /// <summary>A class that is only named, never called.</summary>
    Inert,
    Encode,
    Bytes,
    ByteArray,
    List,
    Dictionary,
    DefaultDictionary,
    Set,
    FilePath,
    Array,
    NumpyType,
    NumpyScalar,
    NumpyBuffer,
    TorchTensor,
    TorchTensorOfType,
    TorchParameter,
    TorchSize,
    TorchBytes,
    TorchElementType,
    TorchStorageType,
}
