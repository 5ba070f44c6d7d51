using System.Reflection;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The engine's kernels, told by their shape: static methods, not private, that take one struct of arguments and return nothing.</summary>
internal static class EngineKernels
{
    private const string Namespace = "GnnReRank.Compute.Gpu.Kernels";

    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(GpuDevice).Assembly.GetTypes()
            .Where(type => IsOfKernels(type.Namespace) && type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type => type.GetMethods(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(IsKernel)
            .OrderBy(NameOf, StringComparer.Ordinal),
    ];

    /// <summary>As an OpenCL device can run them.</summary>
    public static IEnumerable<MethodInfo> Portable => All.Where(method => method.GetCustomAttribute<KernelAttribute>() is not { IsCudaOnly: true });

    public static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static bool IsOfKernels(string? name) => name is not null && $"{name}.".StartsWith($"{Namespace}.", StringComparison.Ordinal);

    private static bool IsKernel(MethodInfo method) =>
        !method.IsPrivate
        && !method.IsGenericMethod
        && method.ReturnType == typeof(void)
        && method.GetParameters() is [{ ParameterType: { IsValueType: true, IsPrimitive: false } }];
}
