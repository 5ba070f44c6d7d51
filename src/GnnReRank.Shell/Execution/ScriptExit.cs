using System.Management.Automation.Runspaces;
using System.Reflection;

namespace GnnReRank.Shell.Execution;

/// <summary>
/// Makes <c>exit N</c> in the next script file leave the host, as in <c>pwsh -File</c>. Otherwise it only ends the
/// script and sets $LASTEXITCODE, which a native command may have set as well. The engine's switch for this is internal;
/// this program is built with one version of the engine, and a test holds it to the exit codes.
/// </summary>
internal static class ScriptExit
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    public static void LeavesTheHost(Runspace runspace)
    {
        PropertyInfo contextProperty = typeof(Runspace).GetProperty("ExecutionContext", Internal)
            ?? throw new MissingMemberException(nameof(Runspace), "ExecutionContext");
        object context = contextProperty.GetValue(runspace)!;
        PropertyInfo rethrow = context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Internal)
            ?? throw new MissingMemberException("ExecutionContext", "ScriptCommandProcessorShouldRethrowExit");
        rethrow.SetValue(context, true);
    }
}
