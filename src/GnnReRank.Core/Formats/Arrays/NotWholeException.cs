namespace GnnReRank.Formats.Arrays;

/// <summary>An element is no whole number of 64 bits; the message says which it is.</summary>
internal sealed class NotWholeException : Exception
{
    public NotWholeException(string message)
        : base(message)
    {
    }
}
