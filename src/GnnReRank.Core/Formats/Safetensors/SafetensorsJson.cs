using System.Text.Json;

namespace GnnReRank.Formats.Safetensors;

/// <summary>Texts of a header.</summary>
internal static class SafetensorsJson
{
    /// <summary>The text, or the name, at which a reader stands.</summary>
    /// <exception cref="InvalidDataException">It holds half a character, which the library meets with another exception than other damage.</exception>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidDataException($"The header holds a text that is none: {fault.Message.TrimEnd('.')}", fault);
        }
    }
}
