using System.Text;
using System.Text.Json;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Safetensors;

/// <summary>
/// A safetensors file: named tensors in C order, little-endian. Text has no type of its own; a metadata entry that is a JSON list of
/// strings is taken as an array of text.
/// </summary>
internal sealed class SafetensorsFile : IArrayFile
{
    private const string Format = nameof(FeatureFormat.Safetensors);

    private static readonly string[] s_known = [.. UsualNames.Names, .. UsualNames.Labels];

    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, string[]> _texts = [];
    private readonly HashSet<string> _broken = [];

    /// <param name="path">The file's path.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public SafetensorsFile(string path, CancellationToken cancellation)
    {
        Path = path;
        using (FileStream file = InputFile.OpenRead(path))
        {
            _header = SafetensorsHeader.Read(file, cancellation);
        }

        foreach ((string name, string text) in _header.Metadata)
        {
            if (_header.Tensors.ContainsKey(name))
            {
                continue;
            }

            if (Strings(text, cancellation) is { } strings)
            {
                _texts.Add(name, strings);
            }
            else if (IsList(text) && s_known.Any(usual => name.EndsWith(usual, StringComparison.OrdinalIgnoreCase)))
            {
                // Names that cannot be read are told, and not passed over.
                _broken.Add(name);
            }
        }
    }

    public string Path { get; }

    public IReadOnlyList<string> Names => [.. _header.Tensors.Keys, .. _texts.Keys, .. _broken];

    public NumericArray Numbers(string name)
    {
        SafetensorsTensor tensor = Tensor(name);
        bool isBrainFloat = tensor.Type == "BF16";
        ArrayElementType type = SafetensorsTypes.Numeric(tensor.Type) ?? throw FormatErrors.Unsupported(
            Path, $"tensor '{name}' is of type {tensor.Type}, and real numbers are needed (F16, BF16, F32, F64, I8 to I64, U8 to U64, BOOL). Save it with x.float().");
        long byteCount = tensor.End - tensor.Start;
        int storedSize = isBrainFloat ? BrainFloatStream.StoredSize : type.Size;
        if (!ArrayShape.Fills(tensor.Shape, storedSize, byteCount))
        {
            throw FormatErrors.Corrupt(
                Path, Format, $"tensor '{name}' {ArrayShape.Text(tensor.Shape)} of type {tensor.Type} has {byteCount:N0} bytes of data, which do not make that shape.");
        }

        return new NumericArray
        {
            Path = Path,
            Format = Format,
            Name = name,
            Shape = tensor.Shape,
            Type = type,
            IsColumnMajor = false,
            Open = () => isBrainFloat ? new BrainFloatStream(Open(tensor)) : Open(tensor),
            Locate = () => isBrainFloat ? throw NotMapped(name) : _header.DataStart + tensor.Start,
        };
    }

    public TextArray Text(string name) => _texts.TryGetValue(name, out string[]? strings)
        ? new TextArray { Shape = [strings.Length], Read = _ => strings }
        : throw FormatErrors.Unsupported(
            Path, $"{(_broken.Contains(name) ? $"'{name}' of the metadata is no JSON list of texts" : $"tensor '{name}' holds numbers")}, and text is needed. Save names in the metadata as a JSON list: metadata={{'names': json.dumps(names)}}.");

    /// <summary>Nothing is held open: each tensor opens the file for itself.</summary>
    public void Dispose()
    {
    }

    private SafetensorsTensor Tensor(string name) => _header.Tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw FormatErrors.Unsupported(Path, $"'{name}' is text of the metadata, and numbers are needed.");

    private BoundedStream Open(SafetensorsTensor tensor)
    {
        FileStream file = InputFile.OpenRead(Path);
        file.Position = _header.DataStart + tensor.Start;
        return new BoundedStream(file, tensor.End - tensor.Start);
    }

    private GnnReRankException NotMapped(string name) => new(
        "MemoryMappedElementType", ErrorKind.NotSupported,
        $"'{Path}': array '{name}' holds bfloat16, and float32 and float16 can be mapped. Save it with x.float(), or leave -MemoryMapped out.");

    private static bool IsList(string text) => text.AsSpan().Trim() is ['[', ..] or [.., ']'];

    private static string[]? Strings(string text, CancellationToken cancellation)
    {
        if (!text.AsSpan().TrimStart().StartsWith('['))
        {
            return null;
        }

        try
        {
            List<string> strings = [];
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text));
            _ = reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                cancellation.ThrowIfCancellationRequested();
                strings.Add(JsonText.Of(ref reader));
            }

            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? [.. strings] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
