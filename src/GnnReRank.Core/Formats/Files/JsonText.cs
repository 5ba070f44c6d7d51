using System.Text.Json;

namespace GnnReRank.Formats.Files;

/// <summary>Texts of JSON. The library meets bytes that are not UTF-8, and escapes that stand for half a character, with another exception than other damage.</summary>
internal static class JsonText
{
    /// <summary>The text, or the name, at which a reader stands.</summary>
    /// <exception cref="JsonException">It is no text.</exception>
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw NoText(fault);
        }
    }

    /// <summary>The text that an element holds.</summary>
    /// <exception cref="JsonException">It is no text.</exception>
    public static string Of(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException fault)
        {
            throw NoText(fault);
        }
    }

    private static JsonException NoText(InvalidOperationException fault) => new($"It holds a text that is none: {fault.Message.TrimEnd('.')}", fault);
}
