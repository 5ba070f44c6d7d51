using System.Buffers.Binary;
using System.Text.Json;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Safetensors;

/// <summary>What the start of a safetensors file says: the tensors with their places, and texts besides.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The limit that the official library sets, too.</summary>
    public const int LongestText = 100_000_000;

    private const int LengthSize = sizeof(ulong);
    private const string MetadataName = "__metadata__";

    private SafetensorsHeader(long dataStart) => DataStart = dataStart;

    /// <summary>The byte of the file at which the tensors start.</summary>
    public long DataStart { get; }

    /// <summary>The tensors by name, in the file's order.</summary>
    public Dictionary<string, SafetensorsTensor> Tensors { get; } = [];

    /// <summary>The texts of the metadata by name.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Whether a file that starts so can be of this format: a length that may be, and the start of a JSON object.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) =>
        head.Length > LengthSize && BinaryPrimitives.ReadUInt64LittleEndian(head) is > 1 and <= LongestText && head[LengthSize] == (byte)'{';

    /// <summary>Reads and checks the header: every byte behind it belongs to exactly one tensor.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It breaks the format.</exception>
    /// <exception cref="EndOfStreamException">The file is cut short.</exception>
    public static SafetensorsHeader Read(FileStream file, CancellationToken cancellation)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthSize];
        file.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > LongestText || (long)length > file.Length - LengthSize)
        {
            throw new InvalidDataException($"A header of {length:N0} bytes is claimed, and the file has {file.Length:N0}; at most {LongestText:N0} are accepted");
        }

        byte[] text = new byte[length];
        file.ReadExactly(text);
        SafetensorsHeader header = new(LengthSize + (long)length);
        try
        {
            header.Take(text, cancellation);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The header is no valid JSON: {fault.Message}", fault);
        }

        header.CheckPlaces(file.Length - header.DataStart, cancellation);
        return header;
    }

    // One entry after the other: a header may describe hundreds of thousands of tensors.
    private void Take(ReadOnlySpan<byte> text, CancellationToken cancellation)
    {
        Utf8JsonReader reader = new(text);
        _ = reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject, "The header is no JSON object");
        while (NextName(ref reader, cancellation) is string name)
        {
            if (name == MetadataName)
            {
                Require(reader.TokenType == JsonTokenType.StartObject, $"'{MetadataName}' is no JSON object");
                TakeMetadata(ref reader, cancellation);
            }
            else
            {
                SafetensorsTensor tensor = SafetensorsTensor.Read(name, JsonElement.ParseValue(ref reader));
                Require(Tensors.TryAdd(name, tensor), $"Tensor '{name}' is there twice");
            }
        }

        // Anything but blanks behind the object is an error of its own.
        _ = reader.Read();
    }

    private void TakeMetadata(ref Utf8JsonReader reader, CancellationToken cancellation)
    {
        while (NextName(ref reader, cancellation) is string name)
        {
            Require(reader.TokenType == JsonTokenType.String, $"'{name}' in '{MetadataName}' is no text");
            Metadata[name] = JsonText.Of(ref reader);
        }
    }

    /// <summary>The name of the next entry of an object, at whose value the reader then stands; null at the object's end.</summary>
    private static string? NextName(ref Utf8JsonReader reader, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _ = reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        string name = JsonText.Of(ref reader);
        _ = reader.Read();
        return name;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    // No gaps and no overlaps, as the official library demands: nothing can hide in the file, and nothing is read twice.
    private void CheckPlaces(long dataLength, CancellationToken cancellation)
    {
        long end = 0;
        foreach (SafetensorsTensor tensor in Tensors.Values.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            cancellation.ThrowIfCancellationRequested();
            if (tensor.Start != end || tensor.End < tensor.Start || tensor.End > dataLength)
            {
                throw new InvalidDataException(
                    $"Tensor '{tensor.Name}' claims the bytes {tensor.Start:N0} to {tensor.End:N0} of {dataLength:N0}, and should start at {end:N0}");
            }

            end = tensor.End;
        }

        if (end != dataLength)
        {
            throw new InvalidDataException($"The tensors claim {end:N0} bytes, and {dataLength:N0} are there");
        }
    }
}
