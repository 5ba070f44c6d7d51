using System.Runtime.InteropServices;

namespace GnnReRank.Formats.Pickle;

/// <summary>The stack of the pickle machine with its marks.</summary>
internal sealed class PickleStack
{
    private readonly PickleSite _site;
    private readonly List<object?> _items = [];
    private readonly List<int> _marks = [];

    public PickleStack(PickleSite site) => _site = site;

    private int Bottom => _marks.Count == 0 ? 0 : _marks[^1];

    public void Push(object? value) => _items.Add(value);

    public void Mark() => _marks.Add(_items.Count);

    public object? Pop()
    {
        object? top = Top;
        _items.RemoveAt(_items.Count - 1);
        return top;
    }

    /// <exception cref="GnnReRankException">Nothing lies above the last mark.</exception>
    public object? Top => _items.Count > Bottom ? _items[^1] : throw _site.Corrupt("it needs a value, and the stack is empty.");

    /// <summary>Takes the last values, the topmost last.</summary>
    public object?[] Pop(int count)
    {
        if (_items.Count - Bottom < count)
        {
            throw _site.Corrupt($"it needs {count} values, and the stack holds {_items.Count - Bottom}.");
        }

        return Take(_items.Count - count);
    }

    /// <summary>Takes all values above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        int start = RemoveMark();
        return Take(start);
    }

    /// <summary>CPython's POP takes a mark where nothing lies above it.</summary>
    public void PopValueOrMark()
    {
        if (_marks.Count > 0 && _items.Count == _marks[^1])
        {
            RemoveMark();
        }
        else
        {
            Pop();
        }
    }

    private int RemoveMark()
    {
        if (_marks.Count == 0)
        {
            throw _site.Corrupt("it needs a MARK, and there is none.");
        }

        int start = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return start;
    }

    private object?[] Take(int start)
    {
        object?[] taken = CollectionsMarshal.AsSpan(_items)[start..].ToArray();
        _items.RemoveRange(start, taken.Length);
        return taken;
    }
}
