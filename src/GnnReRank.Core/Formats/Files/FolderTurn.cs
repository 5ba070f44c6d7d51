using System.Security.Cryptography;
using System.Text;

namespace GnnReRank.Formats.Files;

/// <summary>
/// The turn to rename files of a folder that belong together: of two programs that replace the same pair at once, one must be done
/// before the other begins, or each would leave half of it.
/// </summary>
internal sealed class FolderTurn : IDisposable
{
    // Renames take no time: who keeps the turn longer has been stopped in the midst of them.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Mutex? _mutex;
    private readonly bool _isHeld;

    public FolderTurn(string folder)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..32];
        try
        {
            _mutex = new Mutex(initiallyOwned: false, $@"Global\GnnReRank-{name}");
            _isHeld = _mutex.WaitOne(s_patience);
        }
        catch (AbandonedMutexException)
        {
            _isHeld = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            // The system keeps no such thing here: programs that take turns are rare, and failed exports would not be.
        }
    }

    public void Dispose()
    {
        if (_isHeld)
        {
            _mutex!.ReleaseMutex();
        }

        _mutex?.Dispose();
    }
}
