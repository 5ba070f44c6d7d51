using System.Text;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Pickle;

/// <summary>Where in a pickle the reader stands, and the errors that name the place.</summary>
internal sealed class PickleSite
{
    private const int ShownLength = 80;

    public PickleSite(string path) => Path = path;

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The opcode at work.</summary>
    public PickleOpcode Opcode { get; set; }

    /// <summary>The byte of the pickle where it stands.</summary>
    public long Position { get; set; }

    private string Place => $"opcode {NameOf(Opcode)} at byte {Position:N0}";

    /// <summary>The pickle contradicts itself, or ends too early.</summary>
    public GnnReRankException Corrupt(string what) => FormatErrors.Corrupt(Path, nameof(FeatureFormat.Pickle), $"{Place}: {what}");

    /// <summary>The pickle is valid, and holds data that is not read.</summary>
    public GnnReRankException Unsupported(string what) => FormatErrors.Unsupported(Path, $"{Place}: {what}");

    /// <summary>The pickle asks for more than data: unpickling it would run code.</summary>
    public GnnReRankException Refused(string what) => new(
        "PickleRefused", ErrorKind.NotSupported,
        $"'{Path}' is refused, and nothing of it was executed: {Place} {what}. Only plain data, NumPy arrays and PyTorch tensors are read from a pickle. " +
        "Where you trust the file, load it in Python and save its arrays with numpy.savez.");

    /// <summary>A name from the file, made fit for a message.</summary>
    public static string Shown(string name)
    {
        StringBuilder shown = new();
        foreach (char character in name.AsSpan(0, Math.Min(name.Length, ShownLength)))
        {
            shown.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        }

        return name.Length > ShownLength ? shown.Append("...").ToString() : shown.ToString();
    }

    /// <summary>CPython's name of an opcode: StackGlobal is STACK_GLOBAL.</summary>
    private static string NameOf(PickleOpcode opcode)
    {
        if (!Enum.IsDefined(opcode))
        {
            return $"0x{(byte)opcode:X2}";
        }

        StringBuilder name = new();
        foreach (char letter in opcode.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }
}
