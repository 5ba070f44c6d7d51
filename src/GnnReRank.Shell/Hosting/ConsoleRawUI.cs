using System.Management.Automation;
using System.Management.Automation.Host;

namespace GnnReRank.Shell.Hosting;

/// <summary>The screen's size, colours and keys. There is no screen buffer to read from or to write into.</summary>
internal sealed class ConsoleRawUI(Terminal terminal) : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw NoBuffer();
    }

    public override Size WindowSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw NoBuffer();
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition
    {
        get => terminal.IsScreen ? new Coordinates(Console.CursorLeft, Console.CursorTop) : default;
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "GnnReRank";

    public override bool KeyAvailable => !terminal.IsInputRedirected && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoBuffer();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoBuffer();

    /// <summary>Filling the whole screen with blanks is how Clear-Host asks for a clear one.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (terminal.IsScreen)
        {
            Console.Clear();
        }
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoBuffer();

    private static PSNotSupportedException NoBuffer() => new("This host has no screen buffer of its own.");
}
