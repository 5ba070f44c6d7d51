using System.Text;

namespace GnnReRank.Formats.Hdf5;

/// <summary>Reads texts: of fixed and of variable length, and MATLAB's character matrices and cell arrays.</summary>
internal sealed class Hdf5Texts
{
    private const string CharClass = "char";
    private const string CellClass = "cell";
    private const int LongestCell = 1 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Hdf5Source _source;
    private readonly Hdf5Heap _heap;

    public Hdf5Texts(Hdf5Source source)
    {
        _source = source;
        _heap = new Hdf5Heap(source);
    }

    /// <summary>The extents of a dataset of texts; null where it holds none.</summary>
    public static IReadOnlyList<long>? Shape(Hdf5Dataset dataset)
    {
        if (dataset.Type.IsText || IsCells(dataset))
        {
            return dataset.Extents.Length == 0 ? [1] : dataset.Extents;
        }

        // A row of the matrix is a text; the file's extents are MATLAB's in reverse.
        return IsCharacters(dataset) && dataset.Extents is [_, long rows] ? [rows] : null;
    }

    /// <summary>Reads all texts of a dataset.</summary>
    /// <param name="dataset">A dataset of texts.</param>
    /// <param name="open">Opens its elements.</param>
    /// <exception cref="InvalidDataException">A text is damaged.</exception>
    public string[] Read(Hdf5Dataset dataset, Func<Stream> open)
    {
        using Stream stream = open();
        if (IsCharacters(dataset))
        {
            return Rows(stream, dataset);
        }

        byte[] element = new byte[dataset.Type.Size];
        string[] texts = new string[dataset.Count];
        for (int text = 0; text < texts.Length; text++)
        {
            _source.CheckCancelled();
            stream.ReadExactly(element);
            texts[text] = dataset.Type.IsText ? Text(dataset.Type, element) : Cell(_source.Cursor(element).ReadAddress());
        }

        return texts;
    }

    /// <summary>The names of the fields that MATLAB notes at a struct, each a row of single characters.</summary>
    /// <exception cref="InvalidDataException">A name is damaged.</exception>
    public IEnumerable<string> FieldNames(Hdf5Header header)
    {
        Hdf5Cursor cursor = _source.Cursor(Hdf5Attributes.Find(_source, header, "MATLAB_fields") ?? default);
        while (cursor.Left > 0)
        {
            _source.CheckCancelled();
            yield return Variable(cursor);
        }
    }

    /// <summary>The text of an attribute; null where the object has none of that name, or one that is no text.</summary>
    /// <exception cref="InvalidDataException">The attribute is damaged.</exception>
    public string? Attribute(Hdf5Header header, string name)
    {
        if (Hdf5Attributes.FindTyped(_source, header, name) is not (ReadOnlyMemory<byte> description, ReadOnlyMemory<byte> value))
        {
            return null;
        }

        Hdf5Type type = Hdf5Type.Read(_source.Cursor(description));
        return type.IsText && type.Size <= value.Length ? Text(type, value[..type.Size]) : null;
    }

    private static bool IsCharacters(Hdf5Dataset dataset) => dataset.MatlabClass == CharClass && dataset.Type.Number is { Size: sizeof(ushort) };

    private static bool IsCells(Hdf5Dataset dataset) => dataset.MatlabClass == CellClass && (dataset.Type.Class == Hdf5TypeClass.Reference || dataset.Count == 0);

    private string Text(Hdf5Type type, ReadOnlyMemory<byte> element) =>
        type.Class == Hdf5TypeClass.Text ? Fixed(element.Span, type.IsSpacePadded) : Variable(_source.Cursor(element));

    private static string Fixed(ReadOnlySpan<byte> bytes, bool isSpacePadded)
    {
        int end = bytes.IndexOf((byte)0);
        string text = Decode(end < 0 ? bytes : bytes[..end]);
        return isSpacePadded ? text.TrimEnd(' ') : text;
    }

    private string Variable(Hdf5Cursor element)
    {
        uint length = element.ReadUInt32();
        long? collection = element.ReadAddress();
        int index = (int)element.ReadUInt32();
        if (length == 0 || collection is null)
        {
            return string.Empty;
        }

        ReadOnlySpan<byte> value = _heap.Value(collection.Value, index).Span;
        _source.Charge(length);
        return length <= value.Length ? Decode(value[..(int)length]).TrimEnd('\0') : throw new InvalidDataException("A text is longer than its place");
    }

    private string Cell(long? address)
    {
        Hdf5Dataset cell = new(_source, Hdf5Header.Read(_source, address));
        if (cell.Count == 0)
        {
            return string.Empty;
        }

        if (!IsCharacters(cell) || cell.Extents is not [long length, 1] || length > LongestCell)
        {
            throw new InvalidDataException("A cell holds no single row of text");
        }

        _source.Charge(length * sizeof(char));
        using Stream stream = cell.Prepare()();
        return Rows(stream, cell)[0];
    }

    private string[] Rows(Stream stream, Hdf5Dataset dataset)
    {
        (long columns, long rows) = (dataset.Extents[0], dataset.Extents[1]);
        char[][] characters = new char[rows][];
        for (int row = 0; row < characters.Length; row++)
        {
            characters[row] = new char[columns];
        }

        byte[] unit = new byte[sizeof(ushort)];
        bool isBigEndian = dataset.Type.Number!.Value.IsBigEndian;
        for (long column = 0; column < columns; column++)
        {
            _source.CheckCancelled();
            foreach (char[] row in characters)
            {
                stream.ReadExactly(unit);
                row[column] = (char)(isBigEndian ? (unit[0] << 8) | unit[1] : unit[0] | (unit[1] << 8));
            }
        }

        return Array.ConvertAll(characters, row => new string(row).TrimEnd(' ', '\0'));
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("A text holds bytes that are no characters", exception);
        }
    }
}
