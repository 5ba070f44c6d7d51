using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>Finds the ranks of the good images in lists, one list after another: the buffers of one thread.</summary>
/// <remarks>
/// A byte for each gallery row says what it is to the query at hand. A list is read once, 32 entries at a time; the sum of their bytes
/// tells whether there is a good one among them and how many are junk, so only the eight around a good one are looked at singly.
/// </remarks>
internal sealed class GoodRankFinder
{
    private const int Part = 8;
    private const int Step = 4 * Part;
    private const byte Junk = 1;
    // More than a whole step of junk.
    private const byte Good = 2 * Step;

    // How far ahead a list is fetched. The processor's own look-ahead falls behind: about a tenth of a long walk, measured on a noisy machine.
    private const int Ahead = 512;
    private const int CacheLine = 16;

    private readonly IRelevanceRule _rule;
    private readonly byte[] _marks;
    private readonly List<int> _good = [];
    private readonly List<int> _junk = [];
    private int[] _ranks = [];

    public GoodRankFinder(IRelevanceRule rule, int galleryCount)
    {
        _rule = rule;
        // A power of two, so that a mask keeps every read inside without a branch. What lies beyond the gallery is never touched.
        _marks = new byte[Math.Max(WordSlot.TableLength, BitOperations.RoundUpToPowerOf2((uint)galleryCount))];
        foreach (int row in rule.CommonJunk)
        {
            _marks[row] = Junk;
        }
    }

    /// <summary>Finds the good ranks below <paramref name="depth"/>; false where the gallery holds no good image.</summary>
    /// <param name="query">0-based query row.</param>
    /// <param name="list">Its gallery rows, best first. A good one that comes again earns nothing and keeps its rank.</param>
    /// <param name="depth">How many ranks count.</param>
    /// <param name="found">Where the good images stand; valid until the next call.</param>
    public bool TryFind(int query, ReadOnlySpan<int> list, int depth, out GoodRanks found)
    {
        _good.Clear();
        _junk.Clear();
        _rule.Collect(query, _good, _junk);
        if (_good.Count == 0)
        {
            found = default;
            return false;
        }

        if (_ranks.Length < _good.Count)
        {
            _ranks = new int[_good.Count];
        }

        Mark(_good, Good);
        Mark(_junk, Junk);
        // Junk takes no rank, so no image beyond these positions can be within the depth.
        long reach = (long)depth + _rule.CommonJunk.Length + _junk.Count;
        ReadOnlySpan<int> within = list[..(int)Math.Min(list.Length, reach)];
        int count = _marks.Length == WordSlot.TableLength ? Scan<WordSlot>(within, out int ranked) : Scan<MaskedSlot>(within, out ranked);
        Mark(_good, 0);
        Mark(_junk, 0);
        while (count > 0 && _ranks[count - 1] >= depth)
        {
            count--;
        }

        found = new GoodRanks(_ranks.AsSpan(0, count), _good.Count, Math.Min(ranked, depth));
        return true;
    }

    private void Mark(List<int> rows, byte mark)
    {
        foreach (int row in rows)
        {
            _marks[row] = mark;
        }
    }

    /// <summary>Fills the ranks of the good images and says how many images count up to where it stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan<TSlot>(ReadOnlySpan<int> list, out int ranked)
        where TSlot : struct, IRowSlot
    {
        ref byte marks = ref MemoryMarshal.GetArrayDataReference(_marks);
        uint mask = (uint)_marks.Length - 1;
        int wanted = _good.Count;
        int last = list.Length - Step;
        int found = 0;
        int junk = 0;
        int position = 0;
        while (position <= last && found < wanted)
        {
            ref int entries = ref Unsafe.Add(ref MemoryMarshal.GetReference(list), position);
            Prefetch(ref Unsafe.Add(ref entries, Ahead));
            int first = SumOfEight<TSlot>(ref marks, ref entries, mask);
            int second = SumOfEight<TSlot>(ref marks, ref Unsafe.Add(ref entries, Part), mask);
            int third = SumOfEight<TSlot>(ref marks, ref Unsafe.Add(ref entries, 2 * Part), mask);
            int fourth = SumOfEight<TSlot>(ref marks, ref Unsafe.Add(ref entries, 3 * Part), mask);
            int sum = first + second + third + fourth;
            if (sum >= Good)
            {
                (found, junk) = LookAtParts(list.Slice(position, Step), [first, second, third, fourth], position, found, junk);
            }
            else
            {
                junk += sum;
            }

            position += Step;
        }

        if (found < wanted)
        {
            (found, junk) = Look(list[position..], position, found, junk);
            position = list.Length;
        }

        ranked = position - junk;
        return found;
    }

    /// <summary>Asks for the next step's two lines. Beyond a list's end nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref int entries)
    {
        if (Sse.IsSupported)
        {
            int* start = (int*)Unsafe.AsPointer(ref entries);
            Sse.Prefetch0(start);
            Sse.Prefetch0(start + CacheLine);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SumOfEight<TSlot>(ref byte marks, ref int entries, uint mask)
        where TSlot : struct, IRowSlot =>
        Unsafe.Add(ref marks, TSlot.Of(entries, mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 1), mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 2), mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 3), mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 4), mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 5), mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 6), mask)) +
        Unsafe.Add(ref marks, TSlot.Of(Unsafe.Add(ref entries, 7), mask));

    /// <summary>Looks at the entries of a step, part by part: only where a part's sum says so.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (int Found, int Junk) LookAtParts(ReadOnlySpan<int> entries, ReadOnlySpan<int> sums, int position, int found, int junk)
    {
        for (int part = 0; part < sums.Length; part++)
        {
            int start = part * Part;
            (found, junk) = sums[part] >= Good
                ? Look(entries.Slice(start, Part), position + start, found, junk)
                : (found, junk + sums[part]);
        }

        return (found, junk);
    }

    /// <summary>
    /// Looks at entries one by one. A good image loses its mark once it is found. The counts are returned, not passed by reference,
    /// since the loop above must keep them in registers.
    /// </summary>
    private (int Found, int Junk) Look(ReadOnlySpan<int> entries, int position, int found, int junk)
    {
        foreach (int row in entries)
        {
            byte mark = _marks[row];
            if (mark == Good)
            {
                _ranks[found] = position - junk;
                found++;
                _marks[row] = 0;
            }

            junk += mark == Junk ? 1 : 0;
            position++;
        }

        return (found, junk);
    }
}
