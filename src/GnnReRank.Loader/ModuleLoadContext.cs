using System.Reflection;
using System.Runtime.Loader;

namespace GnnReRank.Loader;

/// <summary>
/// Holds the engine and its dependencies apart from the user's session, so that a script may use
/// another version of any of them. What is not in the folder, PowerShell itself above all, comes from the host.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;

    public ModuleLoadContext(string rootAssemblyPath)
        : base("GnnReRank") => _resolver = new AssemblyDependencyResolver(rootAssemblyPath);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is string path ? LoadFromAssemblyPath(path) : null;

    /// <summary>Without this override the runtime never looks under runtimes/ for ParquetSharp's native library.</summary>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is string path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
}
