using System.Runtime.InteropServices;
using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>
/// Writes the rows of a sparse matrix to a part file: of each row its columns, then its values, and behind all of them how
/// long each is.
/// </summary>
/// <param name="writer">The file.</param>
/// <param name="name">The matrix.</param>
internal sealed unsafe class RowWriter(PartFileWriter writer, string name)
{
    private const int LongestSpan = 1 << 28;

    private readonly List<int> _lengths = [];

    /// <summary>The array of the lengths of a matrix.</summary>
    public static string Lengths(string name) => name + ".lengths";

    /// <summary>The array of two numbers: the entries of a matrix in this part, and those of its longest row.</summary>
    public static string Sizes(string name) => name + ".sizes";

    /// <summary>Writes further rows.</summary>
    public void Add(SparseBlock rows)
    {
        for (long start = 0; start < rows.WordCount; start += LongestSpan)
        {
            int count = (int)Math.Min(LongestSpan, rows.WordCount - start);
            writer.Append(name, new ReadOnlySpan<int>(rows.Words + start, count));
        }

        _lengths.AddRange(rows.Lengths);
    }

    /// <summary>Writes further rows.</summary>
    public void Add(SparseRows rows)
    {
        ArrayBuffer<int> words = new(writer, name);
        for (int row = 0; row < rows.Count; row++)
        {
            int length = rows.Length(row);
            words.Add(new ReadOnlySpan<int>(rows.Indices(row), length));
            words.Add(new ReadOnlySpan<int>((int*)rows.Values(row), length));
            _lengths.Add(length);
        }

        words.Flush();
    }

    /// <summary>Ends the matrix.</summary>
    public void Complete()
    {
        writer.Append<int>(Lengths(name), CollectionsMarshal.AsSpan(_lengths));
        long total = 0;
        long longest = 0;
        foreach (int length in _lengths)
        {
            total += length;
            longest = Math.Max(longest, length);
        }

        writer.Append<long>(Sizes(name), [total, longest]);
    }
}
