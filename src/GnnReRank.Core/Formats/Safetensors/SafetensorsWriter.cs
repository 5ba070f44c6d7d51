using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Safetensors;

/// <summary>
/// Writes matrices as a safetensors file, under the names of a .npz file. Names, and labels that are texts, which no tensor holds, go into the metadata as a JSON
/// list of strings.
/// </summary>
internal sealed class SafetensorsWriter : IFeatureWriter
{
    private const int Alignment = 8;

    public FeatureFormat Format => FeatureFormat.Safetensors;

    public bool HoldsSeveral => true;

    public void Write(string path, IReadOnlyList<FeatureMatrix> matrices, ComputeOptions options)
    {
        WrittenNames.CheckRoles(matrices, ".safetensors");

        // The widest elements first, so that every element is aligned.
        SafetensorsPart[] parts = matrices.SelectMany(SafetensorsPart.Of).OrderByDescending(part => part.ElementSize).ToArray();
        byte[] header = Header(matrices, parts);
        if (header.Length > SafetensorsHeader.LongestText)
        {
            throw new GnnReRankException(
                "HeaderTooLarge", ErrorKind.NotSupported,
                $"The names make a header of {header.Length:N0} bytes, and the format allows {SafetensorsHeader.LongestText:N0}. Write a Parquet or .npz file.");
        }

        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using FileStream file = File.Create(path);
        file.Write(length);
        file.Write(header);
        foreach (SafetensorsPart part in parts)
        {
            part.Write(file, options.CancellationToken);
        }
    }

    private static byte[] Header(IReadOnlyList<FeatureMatrix> matrices, SafetensorsPart[] parts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, matrices);
            long start = 0;
            foreach (SafetensorsPart part in parts)
            {
                json.WriteStartObject(part.Name);
                json.WriteString("dtype", part.Type);
                WriteNumbers(json, "shape", part.Shape);
                WriteNumbers(json, "data_offsets", [start, start + part.ByteCount]);
                json.WriteEndObject();
                start += part.ByteCount;
            }

            json.WriteEndObject();
        }

        int padded = (buffer.WrittenCount + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[padded];
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyList<FeatureMatrix> matrices)
    {
        (string Name, string[] Texts)[] lists = [.. matrices.SelectMany(Lists)];
        if (lists.Length == 0)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach ((string name, string[] texts) in lists)
        {
            json.WriteString(name, JsonSerializer.Serialize(texts));
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, string[] Texts)> Lists(FeatureMatrix matrix)
    {
        WrittenNames names = WrittenNames.For(matrix.Role);
        if (LabelNumbers.TextsOf(matrix) is string[] labels)
        {
            yield return (names.Labels, labels);
        }

        if (matrix.HasNames)
        {
            yield return (names.Names, matrix.NameSpan.ToArray());
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
