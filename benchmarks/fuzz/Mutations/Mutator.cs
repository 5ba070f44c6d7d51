using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Makes a damaged file of a seed.</summary>
internal sealed class Mutator
{
    private readonly Dictionary<Seed, Container?> _containers = [];

    /// <summary>The damaged bytes, and whether checksums or lengths were made to fit them.</summary>
    public (byte[] Bytes, bool IsRepaired) Change(Seed seed, Random dice)
    {
        Func<byte[], byte[]> change = bytes => Several(bytes, seed.IsText, dice);
        if (dice.Next(5) < 2 && ContainerOf(seed) is Container container && container.Change(seed.Bytes, change, dice) is byte[] repaired)
        {
            return (repaired, true);
        }

        return (change(seed.Bytes), false);
    }

    private static byte[] Several(byte[] bytes, bool isText, Random dice)
    {
        int changes = dice.Next(10) switch { < 6 => 1, < 8 => 2, 8 => 3, _ => 1 + dice.Next(8) };
        for (int change = 0; change < changes; change++)
        {
            bytes = isText && dice.Next(3) > 0 || dice.Next(40) == 0 ? Texts.Change(bytes, dice) : Bytes.Change(bytes, dice);
        }

        return bytes;
    }

    private Container? ContainerOf(Seed seed)
    {
        if (!_containers.TryGetValue(seed, out Container? container))
        {
            container = Container.For(seed.Bytes, seed.File);
            _containers[seed] = container;
        }

        return container;
    }
}
