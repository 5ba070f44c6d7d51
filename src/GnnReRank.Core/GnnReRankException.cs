namespace GnnReRank;

/// <summary>What sort of thing went wrong; callers map it to their own categories.</summary>
public enum ErrorKind
{
    /// <summary>An argument is outside its range, or arguments contradict each other.</summary>
    InvalidArgument,

    /// <summary>The content of a file or an array is not usable.</summary>
    InvalidData,

    /// <summary>A file, column, variable or row that was asked for is not there.</summary>
    NotFound,

    /// <summary>A file is there already and may not be overwritten.</summary>
    AlreadyExists,

    /// <summary>The input is larger than an array, or than memory.</summary>
    TooLarge,

    /// <summary>The input is valid, and this version does not handle it.</summary>
    NotSupported,
}

/// <summary>
/// An error a person can act on: the message says what was found, what was expected and what to do.
/// </summary>
public class GnnReRankException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">A unique PascalCase identifier, stable between versions.</param>
    /// <param name="kind">What sort of thing went wrong.</param>
    /// <param name="message">What was found, what was expected, what to do.</param>
    /// <param name="innerException">The cause, if another exception is behind it.</param>
    public GnnReRankException(string errorId, ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
    }

    /// <summary>A unique PascalCase identifier, stable between versions.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of thing went wrong.</summary>
    public ErrorKind Kind { get; }
}
