namespace GnnReRank.Tests.Index.Files;

/// <summary>A file that is being written; each step of the writing can be seen, or made to fail.</summary>
/// <param name="file">The file.</param>
/// <param name="before">Told of the number of each step before it is done.</param>
internal sealed class WatchedStream(FileStream file, Action<int> before) : Stream
{
    private int _step;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => Seek(value, SeekOrigin.Begin); }

    public override void Flush() => Do(file.Flush);

    public override long Seek(long offset, SeekOrigin origin)
    {
        Do(() => file.Seek(offset, origin));
        return file.Position;
    }

    public override void Write(byte[] buffer, int offset, int count) => Do(() => file.Write(buffer, offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Do(Action step)
    {
        before(_step++);
        step();
    }
}
