using System.Buffers.Binary;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Mat;

/// <summary>A level 5 MAT-file: a header of 128 bytes, then the variables, each compressed on its own or not at all.</summary>
internal sealed class MatFile : IArrayFile
{
    public const string Format = nameof(FeatureFormat.Mat);

    private const int TagLength = 8;

    private readonly Dictionary<string, MatVariable> _variables = [];
    private readonly bool _isBigEndian;

    // Those of no name too: a damaged name may read as none.
    private readonly List<(MatSection Section, string? Name)> _sections = [];
    private readonly HashSet<string?> _wanted = [];

    /// <exception cref="GnnReRankException">The file is of another version, or names a variable twice.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public MatFile(string path, CancellationToken cancellation)
    {
        Path = path;
        using FileStream file = InputFile.OpenRead(path);
        byte[] header = new byte[MatSignature.HeaderLength];
        int length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (!MatSignature.IsLevel5(header.AsSpan(0, length), out _isBigEndian))
        {
            throw OtherVersion(header.AsSpan(0, length));
        }

        while (file.Position < file.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadVariable(file);
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => [.. _variables.Keys];

    public NumericArray Numbers(string name) => Wanted(name).Numbers();

    public TextArray Text(string name) => Wanted(name).Text();

    /// <summary>A variable, counted as one that somebody reads.</summary>
    public MatVariable Wanted(string name)
    {
        _wanted.Add(name);
        return _variables[name];
    }

    /// <summary>Verifies the variables that nobody read: one may be there only because a bit of its name is wrong.</summary>
    public void Verify(string name, CancellationToken cancellation)
    {
        foreach ((MatSection section, _) in _sections.Where(section => section.Name == name))
        {
            section.Verify(cancellation);
        }
    }

    /// <summary>Verifies what nobody read; called once all was read.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void CheckRest(CancellationToken cancellation)
    {
        foreach ((MatSection section, _) in _sections.Where(section => !_wanted.Contains(section.Name)))
        {
            section.Verify(cancellation);
        }
    }

    /// <summary>Nothing is held open: each variable opens the file for itself.</summary>
    public void Dispose()
    {
    }

    private void ReadVariable(FileStream file)
    {
        byte[] tag = new byte[TagLength];
        file.ReadExactly(tag);
        uint type = ReadUInt32(tag);
        uint size = ReadUInt32(tag.AsSpan(sizeof(uint)));
        long start = file.Position;
        if (size > file.Length - start)
        {
            throw FormatErrors.Corrupt(
                Path, Format, $"the variable at byte {start - TagLength:N0} claims {size:N0} bytes, and {file.Length - start:N0} are left. It is cut short.");
        }

        if (type is not ((uint)MatDataType.Matrix or (uint)MatDataType.Compressed))
        {
            throw FormatErrors.Corrupt(Path, Format, $"no variable starts at byte {start - TagLength:N0}, where one was expected (type {type}).");
        }

        MatSection section = new(Path, _isBigEndian, type == (uint)MatDataType.Compressed, start, size);
        MatVariable? variable = MatVariable.Read(section);
        _sections.Add((section, variable?.Name));
        if (variable is not null && !_variables.TryAdd(variable.Name, variable))
        {
            throw FormatErrors.Corrupt(Path, Format, $"it holds the variable '{variable.Name}' twice.");
        }

        file.Position = start + size;
    }

    private uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private GnnReRankException OtherVersion(ReadOnlySpan<byte> head)
    {
        return MatSignature.IsLevel4(head)
            ? FormatErrors.Unsupported(Path, "this is a MATLAB level 4 file, which is not read. Save it in MATLAB with -v7, or with scipy.io.savemat(..., format='5').")
            : FormatErrors.Corrupt(Path, Format, "its header of 128 bytes is cut short or damaged.");
    }
}
