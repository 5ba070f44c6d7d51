namespace GnnReRank.Formats.Parquet;

/// <summary>What the native library says is wrong, as text for people.</summary>
internal static class ParquetFaults
{
    private const string Opening = "(message: '";
    private const string Closing = "')";

    /// <summary>The message without the name of the C++ exception around it, and without the lines below it.</summary>
    public static string MessageOf(Exception fault)
    {
        string message = fault.Message.Split('\n')[0].Trim();
        int opening = message.IndexOf(Opening, StringComparison.Ordinal);
        if (opening >= 0)
        {
            message = message[(opening + Opening.Length)..];
            message = message.EndsWith(Closing, StringComparison.Ordinal) ? message[..^Closing.Length] : message;
        }

        return message;
    }
}
