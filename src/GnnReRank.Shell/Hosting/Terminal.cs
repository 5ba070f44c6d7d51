namespace GnnReRank.Shell.Hosting;

/// <summary>What the program is connected to, asked once.</summary>
internal sealed class Terminal
{
    /// <summary>Wide enough for the module's tables in a log, where there is no window to ask.</summary>
    private const int RedirectedWidth = 120;

    private const int RedirectedHeight = 50;

    public bool IsInputRedirected { get; } = Console.IsInputRedirected;

    /// <summary>Both outputs are a screen, so that a line may be redrawn without spoiling a file.</summary>
    public bool IsScreen { get; } = !Console.IsOutputRedirected && !Console.IsErrorRedirected;

    /// <summary>Colours and other escape sequences; see https://no-color.org.</summary>
    public bool HasColor => IsScreen && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public int Width => IsScreen ? Math.Max(Console.WindowWidth, 20) : RedirectedWidth;

    public int Height => IsScreen ? Math.Max(Console.WindowHeight, 5) : RedirectedHeight;
}
