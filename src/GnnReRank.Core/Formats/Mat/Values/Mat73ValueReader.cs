using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Hdf5;

namespace GnnReRank.Formats.Mat.Values;

/// <summary>
/// Reads an array of MATLAB 7.3 with all that lies in it: a struct is a group, and what cells and arrays of structs hold lies elsewhere in the
/// file, by reference. References may lead in circles, or to one array over and over: whatever is read is charged to the file.
/// </summary>
internal sealed class Mat73ValueReader
{
    private const int DeepestNesting = 32;

    private readonly Hdf5Source _source;
    private readonly Hdf5Texts _texts;

    public Mat73ValueReader(Hdf5Source source)
    {
        _source = source;
        _texts = new Hdf5Texts(source);
    }

    /// <summary>Reads the object at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="place">What is being read, for messages: variable, field and cell.</param>
    /// <param name="depth">The arrays around this one.</param>
    /// <exception cref="Hdf5UnreadException">The array is of a class that is not read.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public object Read(long? address, string place, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new Hdf5UnreadException($"{place} lies more than {DeepestNesting} cells and structs deep, and no more are read. Save it flatter");
        }

        Hdf5Header header = HeaderAt(address, place);
        if (!header.Has(Hdf5MessageType.Layout))
        {
            return Group(header, place, depth);
        }

        Hdf5Dataset dataset = new(_source, header);
        return dataset.MatlabClass switch
        {
            "struct" => EmptyStruct(dataset, header, place),
            "cell" => Cell(dataset, place, depth),
            "char" => Text(dataset, place),
            "double" or "single" or "logical" or "canonical empty" => Mat73Numbers.Read(_source, dataset, place),
            "int8" or "int16" or "int32" or "int64" or "uint8" or "uint16" or "uint32" or "uint64" => Mat73Numbers.Read(_source, dataset, place),
            null => OfNoClass(dataset, place, depth),
            string other => throw new Hdf5UnreadException($"{place} is of MATLAB's class {other}, and numbers, text, cells and structs are read. Save it as one of these"),
        };
    }

    private Hdf5Header HeaderAt(long? address, string place)
    {
        // 0 is what a reference that was never set holds.
        if (address is null or 0)
        {
            throw new InvalidDataException($"{place} refers to nothing");
        }

        try
        {
            return Hdf5Header.Read(_source, address);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{place} refers to byte {address + (Int128)_source.BaseAddress:N0} of the file, where no array lies: {fault.Message}", fault);
        }
    }

    // What programs other than MATLAB write into such a file.
    private object OfNoClass(Hdf5Dataset dataset, string place, int depth)
    {
        if (!dataset.Type.IsText)
        {
            return dataset.Type.Class == Hdf5TypeClass.Reference ? Cell(dataset, place, depth) : Mat73Numbers.Read(_source, dataset, place);
        }

        string[] texts = _texts.Read(dataset, dataset.Prepare());
        return dataset.Extents.Length == 0 ? texts[0] : new MatCell(Mat73Numbers.Shape(dataset, place), texts);
    }

    private object Group(Hdf5Header header, string place, int depth)
    {
        if (Hdf5Attributes.Find(_source, header, "MATLAB_sparse") is not null)
        {
            throw new Hdf5UnreadException($"{place} is a sparse matrix. Save full(x)");
        }

        string? type = Hdf5Attributes.Text(_source, header, "MATLAB_class");
        if (type is not (null or "struct"))
        {
            throw new Hdf5UnreadException($"{place} is of MATLAB's class {type}, and numbers, text, cells and structs are read. Save it as one of these");
        }

        Dictionary<string, object[]> fields = [];
        long[]? shape = null;
        foreach ((string name, long? address) in Hdf5Links.Read(_source, header))
        {
            string inside = $"{place}.{name}";
            Hdf5Dataset? elements = ElementsOf(address, inside);
            long[] own = elements is null ? [1, 1] : Mat73Numbers.Shape(elements, inside);
            shape ??= own;
            if (!shape.SequenceEqual(own))
            {
                throw new InvalidDataException($"the fields of {place} are of different numbers of structs, {ArrayShape.Text(shape)} and {ArrayShape.Text(own)}");
            }

            object[] column = elements is null ? [Read(address, inside, depth + 1)] : Children(elements, index => $"{place}({index + 1}).{name}", depth);
            _ = fields.TryAdd(name, column) ? true : throw new InvalidDataException($"{place} has the field '{name}' twice");
        }

        shape ??= [1, 1];
        return new MatStruct(shape, ArrayShape.ElementCount(shape), fields);
    }

    // A field of an array of structs is a dataset of references without a class; that of a single struct is the value itself.
    private Hdf5Dataset? ElementsOf(long? address, string place)
    {
        Hdf5Header header = HeaderAt(address, place);
        Hdf5Dataset? dataset = header.Has(Hdf5MessageType.Layout) ? new Hdf5Dataset(_source, header) : null;
        return dataset is { MatlabClass: null, Type.Class: Hdf5TypeClass.Reference } ? dataset : null;
    }

    private MatStruct EmptyStruct(Hdf5Dataset dataset, Hdf5Header header, string place)
    {
        if (dataset.Count > 0)
        {
            throw new InvalidDataException($"{place} is an array of structs without fields");
        }

        return new MatStruct(Mat73Numbers.Shape(dataset, place), 0, _texts.FieldNames(header).Distinct().ToDictionary(name => name, _ => Array.Empty<object>()));
    }

    private MatCell Cell(Hdf5Dataset dataset, string place, int depth) =>
        new(Mat73Numbers.Shape(dataset, place), Children(dataset, index => $"{place}{{{index + 1}}}", depth));

    private object Text(Hdf5Dataset dataset, string place)
    {
        if (dataset.Count == 0)
        {
            return string.Empty;
        }

        if (Hdf5Texts.Shape(dataset) is null)
        {
            throw new Hdf5UnreadException($"{place} is text of {dataset.Extents.Length} dimensions and {dataset.Type.Size} bytes a character, and rows of text of 2 bytes a character are read");
        }

        Func<Stream> open = dataset.Prepare();
        _source.Charge(dataset.Count * sizeof(char));
        string[] rows = _texts.Read(dataset, open);
        return rows.Length == 1 ? rows[0] : new MatCell([rows.Length, 1], rows);
    }

    private object[] Children(Hdf5Dataset dataset, Func<long, string> place, int depth)
    {
        if (dataset.Count == 0)
        {
            return [];
        }

        if (dataset.Type.Class != Hdf5TypeClass.Reference || dataset.Type.Size != _source.OffsetSize)
        {
            throw new InvalidDataException($"{place(0)} is no reference to an array");
        }

        Func<Stream> open = dataset.Prepare();
        _source.Charge(dataset.Count * sizeof(long));
        using Stream stream = open();
        byte[] reference = new byte[dataset.Type.Size];
        object[] values = new object[dataset.Count];
        for (long index = 0; index < values.Length; index++)
        {
            _source.CheckCancelled();
            stream.ReadExactly(reference);
            values[index] = Read(_source.Cursor(reference).ReadAddress(), place(index), depth + 1);
        }

        return values;
    }
}
