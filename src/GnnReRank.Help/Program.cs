using System.Management.Automation;

namespace GnnReRank.Help;

/// <summary>
/// Writes the module's help from the commands as PowerShell sees them and from the comments in their source, so that
/// neither can drift from the other: as a help file (HELP.xml), or as a folder of Markdown pages.
/// </summary>
internal static class Program
{
    // The compiler leaves it beside the comments of the commands.
    private const string EngineComments = "GnnReRank.Core.xml";

    private static int Main(string[] arguments)
    {
        if (arguments is not [string manifest, string comments, string output])
        {
            Console.Error.WriteLine("Usage: GnnReRank.Help MANIFEST COMMENTS.xml HELP.xml|FOLDER");
            return 64;
        }

        try
        {
            SourceComments source = SourceComments.Load(comments);
            string engine = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(comments))!, EngineComments);
            (IReadOnlyList<CmdletInfo> commands, MethodHelp methods) = ModuleCommands.Load(manifest, new MethodReader(SourceComments.Load(engine)));
            if (Path.GetExtension(output) == ".xml")
            {
                HelpFile.Write(output, commands.Select(command => new CommandElement(command, source, methods).ToXml()));
            }
            else
            {
                PageText text = new(commands.Select(command => command.Name));
                PageFolder.Write(output, [.. commands.Select(command => new CommandPage(command, source, methods, text))]);
            }

            return 0;
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or RuntimeException)
        {
            // In this form the build reports the line as an error of its own.
            Console.Error.WriteLine($"GnnReRank.Help : error HELP1 : {error.Message}");
            return 1;
        }
    }
}
