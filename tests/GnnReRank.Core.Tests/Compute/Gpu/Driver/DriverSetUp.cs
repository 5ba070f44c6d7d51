using System.Runtime.CompilerServices;

namespace GnnReRank.Tests.Compute.Gpu.Driver;

/// <summary>Puts the emulated driver into a process that asks for it, before anything looks for devices.</summary>
internal static class DriverSetUp
{
    /// <summary>Names the folder for the driver's library, in a process that has it.</summary>
    public const string FolderVariable = "GNNRERANK_TEST_DRIVER";

    /// <summary>Its one device.</summary>
    public const string DeviceName = "Cuda:0";

    /// <summary>Whether this process has it.</summary>
    public static bool IsThere => Environment.GetEnvironmentVariable(FolderVariable) is not null;

    [ModuleInitializer]
    internal static void Install()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is string folder)
        {
            DriverExports.Install(folder, new EmulatedDriver());
        }
    }
}
