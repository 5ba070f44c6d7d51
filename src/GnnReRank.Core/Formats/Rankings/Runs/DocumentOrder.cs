namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>The order in which trec_eval puts documents of equal scores: by name, descending, byte by byte.</summary>
internal sealed class DocumentOrder
{
    private readonly string?[] _documents;
    private int[]? _places;

    public DocumentOrder(int galleryCount) => _documents = new string?[galleryCount];

    /// <summary>Takes the name that a run has for a gallery row.</summary>
    public void Add(int gallery, ReadOnlySpan<char> name) => _documents[gallery] ??= name.ToString();

    /// <summary>A number that is smaller for the row that comes first.</summary>
    public int PlaceOf(int gallery) => (_places ??= Places())[gallery];

    private int[] Places()
    {
        int[] rows = [.. Enumerable.Range(0, _documents.Length).Where(row => _documents[row] is not null)];
        Array.Sort(rows, (a, b) => CompareBytes(_documents[b]!, _documents[a]!));
        int[] places = new int[_documents.Length];
        for (int place = 0; place < rows.Length; place++)
        {
            places[rows[place]] = place;
        }

        return places;
    }

    /// <summary>Compares as the UTF-8 bytes of two texts do; UTF-16 puts its surrogates before some characters that they come after.</summary>
    internal static int CompareBytes(string a, string b)
    {
        int shared = a.AsSpan().CommonPrefixLength(b);
        return shared == a.Length || shared == b.Length
            ? a.Length.CompareTo(b.Length)
            : Weight(a[shared]).CompareTo(Weight(b[shared]));
    }

    private static int Weight(char character) => char.IsSurrogate(character) ? char.MaxValue + character : character;
}
