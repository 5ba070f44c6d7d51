using GnnReRank.Formats.Tensors;

namespace GnnReRank.Formats.Pickle;

/// <summary>
/// Reads one pickle: a program for a stack machine, of which only the part that makes data is carried out. It never recurses, so no
/// nesting overflows its stack, and a name that appears again is the same object, not a copy.
/// </summary>
internal sealed class PickleMachine
{
    private const int HighestProtocol = 5;
    private const int OpcodesBetweenChecks = 1 << 12;
    private const int LongestName = 1 << 10;

    private readonly PickleInput _input;
    private readonly PickleSite _site;
    private readonly IPickleStorages? _storages;
    private readonly PickleStack _stack;
    private readonly PickleCalls _calls;

    // A dictionary, not an array: the highest index is the file's to choose.
    private readonly Dictionary<long, object?> _memo = [];

    /// <param name="input">Stands at the pickle's first byte; afterwards behind its STOP.</param>
    /// <param name="storages">Gives tensors their storages; null where a pickle has none.</param>
    /// <param name="loadStorage">Reads a byte string in it as a file of its own, whose path it gets for messages; null refuses it, as in such a file.</param>
    public PickleMachine(PickleInput input, IPickleStorages? storages, Func<byte[], string, TorchStorage>? loadStorage)
    {
        _input = input;
        _site = input.Site;
        _storages = storages;
        _stack = new PickleStack(_site);
        _calls = new PickleCalls(_site, new PickleBudget(_site, input.Length), loadStorage);
    }

    /// <exception cref="GnnReRankException">The pickle is damaged, or asks for more than data.</exception>
    public object? Run(CancellationToken cancellation)
    {
        for (int count = 0; ; count++)
        {
            if (count % OpcodesBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            _site.Position = _input.Position;
            _site.Opcode = (PickleOpcode)_input.ReadByte();
            if (_site.Opcode == PickleOpcode.Stop)
            {
                return _stack.Pop();
            }

            Execute(_site.Opcode);
        }
    }

    private void Execute(PickleOpcode opcode)
    {
        if (PickleScalars.TryRead(opcode, _input, out object? value))
        {
            _stack.Push(value);
        }
        else if (!TryStack(opcode) && !TryContainer(opcode) && !TryMemo(opcode) && !TryObject(opcode))
        {
            throw _site.Corrupt("there is no such opcode.");
        }
    }

    private bool TryStack(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                int protocol = _input.ReadByte();
                if (protocol > HighestProtocol)
                {
                    throw _site.Unsupported($"the pickle is of protocol {protocol}, and 0 to {HighestProtocol} are read.");
                }

                return true;
            case PickleOpcode.Frame:
                long length = _input.ReadInt64();
                if (length < 0 || length > _input.Remaining)
                {
                    throw _site.Corrupt($"it claims {(ulong)length:N0} bytes, and {_input.Remaining:N0} are left.");
                }

                return true;
            case PickleOpcode.Mark:
                _stack.Mark();
                return true;
            case PickleOpcode.Pop:
                _stack.PopValueOrMark();
                return true;
            case PickleOpcode.PopMark:
                _stack.PopToMark();
                return true;
            case PickleOpcode.Dup:
                _stack.Push(_stack.Top);
                return true;
            default:
                return false;
        }
    }

    private bool TryContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple: _stack.Push(Array.Empty<object?>()); return true;
            case PickleOpcode.Tuple1: _stack.Push(_stack.Pop(1)); return true;
            case PickleOpcode.Tuple2: _stack.Push(_stack.Pop(2)); return true;
            case PickleOpcode.Tuple3: _stack.Push(_stack.Pop(3)); return true;
            case PickleOpcode.Tuple: _stack.Push(_stack.PopToMark()); return true;
            case PickleOpcode.EmptyList: _stack.Push(new List<object?>()); return true;
            case PickleOpcode.List: _stack.Push(new List<object?>(_stack.PopToMark())); return true;
            case PickleOpcode.Append: PickleContainers.Append(_stack.Pop(1), _stack.Top, _site); return true;
            case PickleOpcode.Appends: PickleContainers.Append(_stack.PopToMark(), _stack.Top, _site); return true;
            case PickleOpcode.EmptyDict: _stack.Push(PickleContainers.NewDictionary()); return true;
            case PickleOpcode.Dict: _stack.Push(PickleContainers.Set(_stack.PopToMark(), PickleContainers.NewDictionary(), _site)); return true;
            case PickleOpcode.Setitem: PickleContainers.Set(_stack.Pop(2), _stack.Top, _site); return true;
            case PickleOpcode.Setitems: PickleContainers.Set(_stack.PopToMark(), _stack.Top, _site); return true;
            case PickleOpcode.EmptySet: _stack.Push(PickleContainers.NewSet()); return true;
            case PickleOpcode.Additems: PickleContainers.Add(_stack.PopToMark(), _stack.Top, _site); return true;
            case PickleOpcode.Frozenset: _stack.Push(PickleContainers.Add(_stack.PopToMark(), PickleContainers.NewSet(), _site)); return true;
            default: return false;
        }
    }

    private bool TryMemo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Put: _memo[Index()] = _stack.Top; return true;
            case PickleOpcode.Binput: _memo[_input.ReadByte()] = _stack.Top; return true;
            case PickleOpcode.LongBinput: _memo[_input.ReadUInt32()] = _stack.Top; return true;
            case PickleOpcode.Memoize: _memo[_memo.Count] = _stack.Top; return true;
            case PickleOpcode.Get: _stack.Push(Remembered(Index())); return true;
            case PickleOpcode.Binget: _stack.Push(Remembered(_input.ReadByte())); return true;
            case PickleOpcode.LongBinget: _stack.Push(Remembered(_input.ReadUInt32())); return true;
            default: return false;
        }
    }

    private bool TryObject(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                _stack.Push(GlobalLines());
                return true;
            case PickleOpcode.StackGlobal:
                object?[] names = _stack.Pop(2);
                _stack.Push(names is [string module, string name]
                    ? PickleGlobals.Find(module, name, _site)
                    : throw _site.Corrupt("it needs two texts, a module and a name."));
                return true;
            case PickleOpcode.Reduce or PickleOpcode.Newobj:
                object?[] call = _stack.Pop(2);
                _stack.Push(_calls.Call(call[0], call[1]));
                return true;
            case PickleOpcode.NewobjEx:
                object?[] parts = _stack.Pop(3);
                _stack.Push(parts[2] is Dictionary<object, object?> { Count: 0 }
                    ? _calls.Call(parts[0], parts[1])
                    : throw _site.Refused("makes an object with keyword arguments, which no data type that is read has"));
                return true;
            case PickleOpcode.Inst:
                PickleGlobal global = GlobalLines();
                _stack.Push(_calls.Call(global, _stack.PopToMark()));
                return true;
            case PickleOpcode.Obj:
                object?[] made = _stack.PopToMark();
                _stack.Push(made.Length > 0 ? _calls.Call(made[0], made[1..]) : throw _site.Corrupt("it names no class."));
                return true;
            case PickleOpcode.Build:
                object? state = _stack.Pop();
                _calls.Build(_stack.Top, state);
                return true;
            default:
                return TryOutside(opcode);
        }
    }

    private bool TryOutside(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Persid:
                _stack.Push(Outside(PickleText.Unicode(_input.ReadLine(LongestName), _site)));
                return true;
            case PickleOpcode.Binpersid:
                _stack.Push(Outside(_stack.Pop()));
                return true;
            case PickleOpcode.Ext1 or PickleOpcode.Ext2 or PickleOpcode.Ext4:
                throw _site.Refused("asks for a class by a number of Python's extension registry, which only the program that wrote the file knows");
            case PickleOpcode.NextBuffer or PickleOpcode.ReadonlyBuffer:
                throw _site.Refused("asks for a buffer that was kept outside the file");
            default:
                return false;
        }
    }

    private object Outside(object? id) => _storages is null
        ? throw _site.Refused("asks for an object outside the pickle by a persistent id")
        : _storages.Load(id, _site);

    private PickleGlobal GlobalLines()
    {
        string module = PickleText.Unicode(_input.ReadLine(LongestName), _site);
        string name = PickleText.Unicode(_input.ReadLine(LongestName), _site);
        return PickleGlobals.Find(module, name, _site);
    }

    private long Index() => PickleText.Int(_input.ReadLine(LongestName), _site) is long index and >= 0
        ? index
        : throw _site.Corrupt("its index is no number from 0 on.");

    private object? Remembered(long index) => _memo.TryGetValue(index, out object? value)
        ? value
        : throw _site.Corrupt($"it asks for value {index}, and none was put there.");
}
