using System.Globalization;

namespace GnnReRank.GpuKit.Running;

/// <summary>The steps of this program, in order of worth.</summary>
internal static class KitSteps
{
    public static IReadOnlyList<IKitStep> All { get; } = [.. Made<IKitStep>().OrderBy(step => step.Number)];

    public static IKitProfiler? Profiler { get; } = Made<IKitProfiler>().FirstOrDefault();

    /// <summary>A line a step, for people.</summary>
    public static void Tell()
    {
        foreach (IKitStep step in All)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{step.Number}  {step.Name} (at most {step.Limit.TotalSeconds:F0} s)"));
        }
    }

    private static IEnumerable<T> Made<T>() => typeof(KitSteps).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(T)) && type.GetConstructor(Type.EmptyTypes) is not null)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
