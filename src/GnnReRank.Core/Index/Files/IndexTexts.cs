using System.Runtime.InteropServices;

namespace GnnReRank.Indexing.Files;

/// <summary>Texts in an index file: the UTF-16 units of all, as they are, and how many each has.</summary>
internal static class IndexTexts
{
    private const int PieceChars = 1 << 19;
    private const int LongestText = 1 << 28;

    public static void Write(SectionWriter writer, string name, IReadOnlyCollection<string> texts)
    {
        writer.Append<int>(SectionNames.Lengths(name), texts.Select(text => text.Length).ToArray());
        writer.Append<char>(name, []);
        foreach (string text in texts)
        {
            writer.Append<char>(name, text);
        }
    }

    /// <summary>The texts; null where there are none.</summary>
    /// <exception cref="GnnReRankException">They are not as they were written, or their number is another.</exception>
    public static string[]? Read(IndexFile file, string name, long count, ComputeOptions options)
    {
        if (file.ReadOptional<int>(SectionNames.Lengths(name), count, options) is not int[] lengths)
        {
            return file.Directory.Find(name) is null
                ? null : throw file.Broken($"its section '{SectionNames.Lengths(name)}' is missing");
        }

        IndexSection section = file.Section<char>(name);
        int odd = Array.FindIndex(lengths, length => length is < 0 or > LongestText);
        if (odd >= 0)
        {
            throw file.Broken($"its section '{SectionNames.Lengths(name)}' says that text {odd:N0} has {lengths[odd]:N0} characters");
        }

        file.RequireCount(section, lengths.Sum(length => (long)length));
        file.Check(section, options);
        return Read(file, section, lengths, options);
    }

    private static string[] Read(IndexFile file, IndexSection section, int[] lengths, ComputeOptions options)
    {
        string[] texts = new string[lengths.Length];
        char[] piece = [];
        long offset = 0;
        for (int first = 0; first < texts.Length;)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int end = first + 1;
            int length = lengths[first];
            for (; end < texts.Length && length + (long)lengths[end] <= PieceChars; end++)
            {
                length += lengths[end];
            }

            piece = piece.Length < length ? new char[Math.Max(length, (int)Math.Min(PieceChars, section.Count))] : piece;
            Span<char> chars = piece.AsSpan(0, length);
            file.ReadBytes(section, offset, MemoryMarshal.AsBytes(chars));
            offset += (long)length * sizeof(char);
            for (; first < end; first++)
            {
                texts[first] = new string(chars[..lengths[first]]);
                chars = chars[lengths[first]..];
            }
        }

        return texts;
    }
}
