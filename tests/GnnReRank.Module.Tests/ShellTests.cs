namespace GnnReRank.Tests.Module;

/// <summary>The project's own host, used like pwsh.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit 5", 5)]
    [InlineData("exit 0", 0)]
    [InlineData("'fine'", 0)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("if (", 1)]
    [InlineData("dotnet exec no-such-file.dll", 0)]
    [InlineData("try { exit 3 } finally { 'cleaned up' }", 3)]
    public void AScriptFileGivesItsExitCode(string script, int expected) => Assert.Equal(expected, ShellProcess.Run(Script(script)).ExitCode);

    [Theory]
    [InlineData("exit 9", 9)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("Get-Command no-such-command", 1)]
    [InlineData("Get-Command no-such-command; 'fine'", 0)]
    [InlineData("dotnet exec no-such-file.dll", 1)]
    [InlineData("dotnet exec no-such-file.dll; exit $LASTEXITCODE - 100", -100)]
    public void ACommandGivesItsExitCodeOrThatOfItsLastStatement(string command, int expected)
    {
        int exitCode = ShellProcess.Run("-Command", command).ExitCode;
        if (expected < 0)
        {
            Assert.True(exitCode is > 0 and not 1, $"exit code {exitCode}");
        }
        else
        {
            Assert.Equal(expected, exitCode);
        }
    }

    [Fact]
    public void ResultsGoToStandardOutputAndMessagesToStandardError()
    {
        ShellRun run = ShellProcess.Run(Script("""
            [CmdletBinding()] param()
            'first'
            $PSCmdlet.WriteWarning('careful')
            $PSCmdlet.WriteVerbose('details')
            $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'Counting', 'half'))
            Get-Item-That-Is-Not-There
            'last'
            throw 'the end'
            """), "-Verbose");
        Assert.Equal("first\nlast", run.Output);
        Assert.Contains("WARNING: careful", run.Error);
        Assert.Contains("VERBOSE: details", run.Error);
        Assert.Contains("'Get-Item-That-Is-Not-There' is not recognized", run.Error);
        Assert.Contains("script.ps1:8", run.Error);
        Assert.Contains("the end", run.Error);
        Assert.DoesNotContain("Counting", run.Error);
        Assert.DoesNotContain('\e', run.Error);
    }

    [Fact]
    public void ArgumentsBindAsTheyDoWhenTyped()
    {
        string script = Script("""
            param([Parameter(Position = 0)] [string[]] $Word, [int] $Count, [switch] $Fast, [switch] $Slow, [string] $Text, [double] $Number)
            "$Word|$Count|$Fast|$Slow|$Text|$Number"
            """);
        ShellRun run = ShellProcess.Run(script, "-Count", "3", "one two", "-Fast", "-Slow:$false", "-Text:a:b", "-Number", "-1.5");
        Assert.Equal("one two|3|True|False|a:b|-1.5", run.Output);
        Assert.Equal(string.Empty, run.Error);
    }

    [Fact]
    public void AScriptKnowsWhereItLies() =>
        Assert.Equal(_folder.Path + "|script.ps1", ShellProcess.Run(Script("\"$PSScriptRoot|$($MyInvocation.MyCommand.Name)\"")).Output);

    [Fact]
    public void CommandsComeFromStandardInputWithoutAnEcho()
    {
        ShellRun run = ShellProcess.RunWithInput("function f {\n  'in a function'\n}\nf\n1 + 1\nexit 4\n'not reached'\n");
        Assert.Equal(new ShellRun("in a function\n2", string.Empty, 4), run);
    }

    [Fact]
    public void AProgramShowsWhatItPrintsAsItPrintsIt()
    {
        ShellRun run = ShellProcess.Run("-Command", "'before'; dotnet --version; 'after'");
        Assert.Matches(@"^before\n\d+\.\S+\nafter$", run.Output);
    }

    [Theory]
    [InlineData("there is no such file.ps1", "there is no such file.ps1")]
    [InlineData("-Nonsense", "-Nonsense")]
    [InlineData("-Command", "needs a value")]
    public void AWrongCommandLineSaysWhatIsWrong(string argument, string message)
    {
        ShellRun run = ShellProcess.Run(argument);
        Assert.Equal(64, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.Equal(string.Empty, run.Output);
    }

    [Fact]
    public void TheModuleIsThereUnderItsVersion()
    {
        Assert.StartsWith($"GnnReRank {ModuleManifest.Version} on PowerShell 7.6", ShellProcess.Run("-Version").Output);
        Assert.Equal(ModuleManifest.Version, ShellProcess.Run("-Command", "(Get-Module GnnReRank).Version.ToString()").Output);
    }

    [Fact]
    public void TheEndOfTheInputConfirmsNothing()
    {
        string script = Script("""
            [CmdletBinding(SupportsShouldProcess)] param()
            if ($PSCmdlet.ShouldProcess('the file', 'Delete')) { 'deleted' }
            """);
        ShellRun asked = ShellProcess.Run(script, "-Confirm");
        Assert.DoesNotContain("deleted", asked.Output);
        Assert.Contains("The input ended", asked.Error);
        Assert.EndsWith("deleted", ShellProcess.RunWithInput("y\n", script, "-Confirm").Output);
        Assert.DoesNotContain("deleted", ShellProcess.RunWithInput("n\n", script, "-Confirm").Output);
    }

    private string Script(string text)
    {
        File.WriteAllText(_folder["script.ps1"], text);
        return _folder["script.ps1"];
    }
}
