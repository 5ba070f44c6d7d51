using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace GnnReRank.Loader;

/// <summary>
/// Answers for the engine and its cluster jobs, which the commands' assembly asks for by name, from a load context of its own: there its dependencies are too.
/// The handler stays after Remove-Module: the types live as long as the process, and objects in the session may still need them.
/// </summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private static readonly Lazy<ModuleLoadContext> s_context = new(CreateContext);
    private static int s_hooked;

    /// <summary>Hooks the default load context, once a process: <c>Import-Module -Force</c> comes here again.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref s_hooked, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "GnnReRank.Core" or "GnnReRank.Cluster" ? s_context.Value.LoadFromAssemblyName(name) : null;

    private static ModuleLoadContext CreateContext()
    {
        string folder = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;
        return new ModuleLoadContext(Path.Combine(folder, "lib", "GnnReRank.Worker.dll"));
    }
}
