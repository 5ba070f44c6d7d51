using GnnReRank.Shell.Execution;
using GnnReRank.Shell.Hosting;
using GnnReRank.Shell.Startup;

namespace GnnReRank.Shell;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        HostCulture.Use();
        try
        {
            ShellOptions options = ShellOptionsParser.Parse(arguments);
            return options.Mode switch
            {
                ShellMode.Help => Print(Usage.Text),
                ShellMode.Version => Print(Usage.Version),
                _ => Run(options),
            };
        }
        catch (ShellUsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCodes.Usage;
        }
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text);
        return ExitCodes.Success;
    }

    private static int Run(ShellOptions options)
    {
        ShellHost host = new(new Terminal());
        using ShellSession session = new(host, options.ModulePath ?? ModuleLocator.Find());
        if (!session.ImportModule())
        {
            return ExitCodes.Failure;
        }

        return options.Mode switch
        {
            ShellMode.File => session.RunFile(options.Text, options.Arguments),
            ShellMode.Command => session.RunCommand(options.Text),
            _ => new PromptLoop(session, host).Run(),
        };
    }
}
