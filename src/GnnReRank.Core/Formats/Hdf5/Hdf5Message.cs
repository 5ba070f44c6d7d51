namespace GnnReRank.Formats.Hdf5;

/// <summary>One message of an object's header.</summary>
/// <param name="Type">What it says.</param>
/// <param name="IsShared">Whether its content lies elsewhere.</param>
/// <param name="Data">Its content.</param>
internal sealed record Hdf5Message(Hdf5MessageType Type, bool IsShared, ReadOnlyMemory<byte> Data);
