using System.Runtime.ExceptionServices;

namespace GnnReRank.Formats.Files;

/// <summary>
/// Calls a library on a file that nobody vouches for. Libraries meet damage in many ways, faults of their own among them: here all of these
/// become one. Nothing of this module runs within such a call but what the library calls back, and that keeps its own faults.
/// </summary>
internal sealed class LibraryBoundary
{
    private ExceptionDispatchInfo? _ownFault;

    /// <summary>Calls the library.</summary>
    /// <param name="call">The call, and nothing else.</param>
    /// <exception cref="InvalidDataException">The library could not do it.</exception>
    public T Call<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault) when (!IsExpected(fault))
        {
            _ownFault?.Throw();
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    /// <summary>Calls a library that calls nothing back.</summary>
    /// <param name="call">The call, and nothing else.</param>
    /// <exception cref="InvalidDataException">The library could not do it.</exception>
    public static T CallOnce<T>(Func<T> call) => new LibraryBoundary().Call(call);

    /// <summary>Remembers a fault of what the library called back, which is no damage of the file.</summary>
    public void Keep(Exception fault)
    {
        if (!IsExpected(fault))
        {
            _ownFault ??= ExceptionDispatchInfo.Capture(fault);
        }
    }

    private static bool IsExpected(Exception fault) =>
        fault is GnnReRankException or InvalidDataException or IOException or OperationCanceledException or OutOfMemoryException;
}
