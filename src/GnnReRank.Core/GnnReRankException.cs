namespace GnnReRank;

/// <summary>
/// An error a person can act on: the message says what was found, what was expected and what to do. What it quotes of a file is shown
/// through <see cref="DisplayText"/>.
/// </summary>
public class GnnReRankException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">A unique PascalCase identifier, stable between versions.</param>
    /// <param name="kind">What sort of thing went wrong.</param>
    /// <param name="message">What was found, what was expected, what to do.</param>
    /// <param name="innerException">The cause, if another exception is behind it.</param>
    public GnnReRankException(string errorId, ErrorKind kind, string message, Exception? innerException = null)
        : base(DisplayText.Of(message), innerException)
    {
        ErrorId = errorId;
        Kind = kind;
    }

    /// <summary>A unique PascalCase identifier, stable between versions.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of thing went wrong.</summary>
    public ErrorKind Kind { get; }
}
