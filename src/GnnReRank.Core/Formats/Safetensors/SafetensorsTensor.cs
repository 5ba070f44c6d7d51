using System.Text.Json;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Safetensors;

/// <summary>One tensor as the header describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements in the format's words: F32, I64, ...</param>
/// <param name="Shape">The extents claimed.</param>
/// <param name="Start">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Shape, long Start, long End)
{
    // numpy's limit; no feature array has more than two.
    private const int MostExtents = 32;

    /// <exception cref="InvalidDataException">The description is not complete or not of the kinds it should be.</exception>
    /// <exception cref="JsonException">Its type is no text.</exception>
    public static SafetensorsTensor Read(string name, JsonElement description)
    {
        if (description.ValueKind != JsonValueKind.Object
            || Property(description, "dtype") is not { ValueKind: JsonValueKind.String } type
            || Property(description, "shape") is not JsonElement shape || Numbers(shape, MostExtents) is not { } extents
            || Property(description, "data_offsets") is not JsonElement offsets || Numbers(offsets, 2) is not [long start, long end])
        {
            throw new InvalidDataException($"Tensor '{name}' is not described by 'dtype', 'shape' and two 'data_offsets'");
        }

        return new SafetensorsTensor(name, JsonText.Of(type), extents, start, end);
    }

    // The library meets a name that holds half a character with an exception of its own.
    private static JsonElement? Property(JsonElement description, string name) =>
        LibraryBoundary.CallOnce(() => description.TryGetProperty(name, out JsonElement found) ? found : (JsonElement?)null);

    private static long[]? Numbers(JsonElement list, int most)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > most)
        {
            return null;
        }

        long[] numbers = new long[list.GetArrayLength()];
        for (int place = 0; place < numbers.Length; place++)
        {
            if (list[place].ValueKind != JsonValueKind.Number || !list[place].TryGetInt64(out numbers[place]) || numbers[place] < 0)
            {
                return null;
            }
        }

        return numbers;
    }
}
