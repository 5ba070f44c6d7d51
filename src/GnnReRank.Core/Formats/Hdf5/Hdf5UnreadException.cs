namespace GnnReRank.Formats.Hdf5;

/// <summary>A valid file holds what is not read; the message says what, for whoever knows the dataset.</summary>
internal sealed class Hdf5UnreadException : Exception
{
    public Hdf5UnreadException(string message)
        : base(message)
    {
    }
}
