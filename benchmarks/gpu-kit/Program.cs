namespace GnnReRank.GpuKit;

/// <summary>The GPU kit: all that a machine with a driver alone needs to prove the GPU engine.</summary>
internal static class Program
{
    private static int Main() => 3;
}
