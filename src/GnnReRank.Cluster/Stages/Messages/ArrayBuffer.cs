using GnnReRank.Cluster.Files;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>Collects short spans of an array of a part file, so that they are written many at a time.</summary>
/// <param name="writer">The file; no other array is written before <see cref="Flush"/>.</param>
/// <param name="name">The array.</param>
internal sealed class ArrayBuffer<T>(PartFileWriter writer, string name)
    where T : unmanaged
{
    private readonly T[] _values = new T[1 << 16];
    private int _count;

    public void Add(T value) => Add([value]);

    public void Add(ReadOnlySpan<T> values)
    {
        if (values.Length > _values.Length - _count)
        {
            Flush();
        }

        if (values.Length > _values.Length)
        {
            writer.Append(name, values);
            return;
        }

        values.CopyTo(_values.AsSpan(_count));
        _count += values.Length;
    }

    /// <summary>Writes what is left; the array is there even if it is empty.</summary>
    public void Flush()
    {
        writer.Append<T>(name, _values.AsSpan(0, _count));
        _count = 0;
    }
}
