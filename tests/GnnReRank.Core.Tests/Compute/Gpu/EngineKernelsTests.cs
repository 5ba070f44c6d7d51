namespace GnnReRank.Tests.Compute.Gpu;

public sealed class EngineKernelsTests
{
    // The tests of kernels walk this list: none would be tested where it were empty.
    [Fact]
    public void EachClassOfKernelsHasSome()
    {
        string folder = Path.Combine(TestPaths.Repository, "src", "GnnReRank.Core", "Compute", "Gpu", "Kernels");
        IEnumerable<string> classes = Directory.GetFiles(folder, "*Kernel*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name is not "KernelAttribute");
        Assert.Equal(classes.Order(), EngineKernels.All.Select(kernel => kernel.DeclaringType!.Name).Distinct().Order());
    }
}
