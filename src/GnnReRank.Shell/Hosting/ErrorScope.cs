namespace GnnReRank.Shell.Hosting;

/// <summary>Sends results to standard error for as long as it lives.</summary>
internal sealed class ErrorScope : IDisposable
{
    private readonly ConsoleUI _ui;

    public ErrorScope(ConsoleUI ui)
    {
        _ui = ui;
        _ui.Output = Console.Error;
    }

    public void Dispose() => _ui.Output = Console.Out;
}
