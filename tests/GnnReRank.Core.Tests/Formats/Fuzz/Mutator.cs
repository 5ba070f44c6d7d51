namespace GnnReRank.Tests.Formats.Fuzz;

/// <summary>Damages files the way disks, networks and attackers do; the same seed does the same damage.</summary>
internal sealed class Mutator
{
    private static readonly byte[] s_telling = [0x00, 0x01, 0x7F, 0x80, 0xFF];

    private readonly Random _random;

    public Mutator(int seed) => _random = new Random(seed);

    /// <summary>A damaged copy: one to four changes.</summary>
    public byte[] Damage(byte[] valid)
    {
        byte[] bytes = valid;
        for (int change = _random.Next(4); change >= 0 && bytes.Length > 0; change--)
        {
            bytes = Change(bytes);
        }

        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        int start = _random.Next(bytes.Length);
        int length = Math.Min(_random.Next(1, 33), bytes.Length - start);
        switch (_random.Next(6))
        {
            case 0:
                return bytes[..start];
            case 1:
                byte[] inserted = new byte[length];
                _random.NextBytes(inserted);
                return [.. bytes[..start], .. inserted, .. bytes[start..]];
            case 2:
                return [.. bytes[..start], .. bytes[(start + length)..]];
            case 3:
                byte[] moved = [.. bytes];
                bytes.AsSpan(start, length).CopyTo(moved.AsSpan(_random.Next(bytes.Length - length + 1)));
                return moved;
            case 4:
                byte[] filled = [.. bytes];
                filled.AsSpan(start, Math.Min(length, 4)).Fill(s_telling[_random.Next(s_telling.Length)]);
                return filled;
            default:
                byte[] flipped = [.. bytes];
                flipped[start] ^= (byte)(1 << _random.Next(8));
                return flipped;
        }
    }
}
