using System.Numerics;

namespace GnnReRank.Formats.Pickle;

/// <summary>Equality of the keys of dictionaries and members of sets, by value as in Python: 1, 1.0 and True are one key.</summary>
internal sealed class PickleKeys : IEqualityComparer<object>
{
    // Hashing walks a tuple of tuples once for every time an inner one is named: without a bound, (t, t) of (t, t) of ... never ends.
    private const int MostMembers = 64;
    private const int DeepestTuple = 8;
    private const int LongestKey = 1 << 15;

    public static PickleKeys Comparer { get; } = new();

    /// <summary>Checks that a value can be a key.</summary>
    /// <exception cref="GnnReRankException">It cannot.</exception>
    public static object Require(object? value, PickleSite site)
    {
        int members = 0;
        Check(value, site, DeepestTuple, ref members);
        return value!;
    }

    bool IEqualityComparer<object>.Equals(object? x, object? y) => (Plain(x), Plain(y)) switch
    {
        (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
        (object?[] left, object?[] right) => left.Length == right.Length && left.Zip(right).All(pair => Comparer.Same(pair.First, pair.Second)),
        (object left, object right) => left.Equals(right),
        (null, null) => true,
        _ => false,
    };

    // The halves of a number are hashed apart: long's own code lets an attacker choose any number of keys with one code.
    int IEqualityComparer<object>.GetHashCode(object key)
    {
        HashCode hash = default;
        switch (Plain(key))
        {
            case long whole:
                return HashCode.Combine((int)whole, (int)(whole >> 32));
            case double number:
                long bits = BitConverter.DoubleToInt64Bits(number);
                return HashCode.Combine((int)bits, (int)(bits >> 32));
            case byte[] bytes:
                hash.AddBytes(bytes);
                return hash.ToHashCode();
            case object?[] tuple:
                foreach (object? member in tuple)
                {
                    hash.Add(member is null ? 0 : ((IEqualityComparer<object>)Comparer).GetHashCode(member));
                }

                return hash.ToHashCode();
            case object other:
                return other.GetHashCode();
            default:
                return 0;
        }
    }

    private static void Check(object? value, PickleSite site, int depth, ref int members)
    {
        switch (value)
        {
            case bool or long or BigInteger or double:
                return;
            case string { Length: <= LongestKey } or byte[] { Length: <= LongestKey }:
                return;
            case null when depth < DeepestTuple:
                return;
            case object?[] tuple when depth > 0 && (members += tuple.Length) <= MostMembers:
                foreach (object? member in tuple)
                {
                    Check(member, site, depth - 1, ref members);
                }

                return;
            case null or string or byte[] or object?[]:
                throw site.Unsupported("a key of a dictionary or member of a set is None, a text past 32,768 characters, or a tuple past 64 members.");
            default:
                throw site.Corrupt("a key of a dictionary or member of a set must be a number, a text or a tuple of them.");
        }
    }

    private static object? Plain(object? key) => key switch
    {
        bool truth => truth ? 1L : 0L,
        double number when number is >= long.MinValue and < 9223372036854775808.0 && Math.Floor(number) == number => (long)number,
        _ => key,
    };

    private bool Same(object? left, object? right) => ((IEqualityComparer<object>)this).Equals(left, right);
}
