using System.Collections.Frozen;

namespace GnnReRank.Formats.Pickle;

/// <summary>
/// The names that a pickle may ask for, whole: a module and a name without a dot in it. Nothing is looked up by reflection, so that a
/// path through an allowed module leads nowhere.
/// </summary>
internal static class PickleGlobals
{
    private static readonly (PickleCallable Callable, string[] Modules, string[] Names)[] s_allowed =
    [
        (PickleCallable.Encode, ["_codecs"], ["encode"]),
        (PickleCallable.Bytes, ["builtins", "__builtin__"], ["bytes"]),
        (PickleCallable.ByteArray, ["builtins", "__builtin__"], ["bytearray"]),
        (PickleCallable.List, ["builtins", "__builtin__"], ["list"]),
        (PickleCallable.Dictionary, ["builtins", "__builtin__"], ["dict"]),
        (PickleCallable.Dictionary, ["collections"], ["OrderedDict"]),
        (PickleCallable.DefaultDictionary, ["collections"], ["defaultdict"]),
        (PickleCallable.Set, ["builtins", "__builtin__"], ["set", "frozenset"]),
        (PickleCallable.FilePath, ["pathlib", "pathlib._local"], ["PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath"]),
        (PickleCallable.Inert, ["builtins", "__builtin__"], ["int", "float", "str", "tuple", "bool"]),
        (PickleCallable.Inert, ["numpy"], ["ndarray"]),
        (PickleCallable.Array, ["numpy.core.multiarray", "numpy._core.multiarray"], ["_reconstruct"]),
        (PickleCallable.NumpyScalar, ["numpy.core.multiarray", "numpy._core.multiarray"], ["scalar"]),
        (PickleCallable.NumpyBuffer, ["numpy.core.numeric", "numpy._core.numeric"], ["_frombuffer"]),
        (PickleCallable.NumpyType, ["numpy"], ["dtype"]),
        (PickleCallable.TorchTensor, ["torch._utils"], ["_rebuild_tensor", "_rebuild_tensor_v2"]),
        (PickleCallable.TorchTensorOfType, ["torch._utils"], ["_rebuild_tensor_v3"]),
        (PickleCallable.TorchParameter, ["torch._utils"], ["_rebuild_parameter"]),
        (PickleCallable.TorchBytes, ["torch.storage"], ["_load_from_bytes"]),
        (PickleCallable.TorchSize, ["torch"], ["Size"]),
        (PickleCallable.TorchElementType, ["torch"], ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64", "bool"]),
        (PickleCallable.TorchStorageType, ["torch"],
            ["FloatStorage", "DoubleStorage", "HalfStorage", "BFloat16Storage", "LongStorage", "IntStorage", "ShortStorage", "CharStorage", "ByteStorage", "BoolStorage"]),
        (PickleCallable.TorchStorageType, ["torch.storage"], ["UntypedStorage"]),
    ];

    private static readonly FrozenDictionary<(string Module, string Name), PickleGlobal> s_byName = (
        from entry in s_allowed
        from module in entry.Modules
        from name in entry.Names
        select KeyValuePair.Create((module, name), new PickleGlobal($"{module}.{name}", entry.Callable))).ToFrozenDictionary();

    /// <exception cref="GnnReRankException">The name is not on the list.</exception>
    public static PickleGlobal Find(string module, string name, PickleSite site) =>
        s_byName.TryGetValue((module, name), out PickleGlobal? found)
            ? found
            : throw site.Refused($"asks for '{PickleSite.Shown($"{module}.{name}")}', which is not on the list of data types that are read");
}
