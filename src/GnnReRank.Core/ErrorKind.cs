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
