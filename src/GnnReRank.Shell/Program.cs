namespace GnnReRank.Shell;

internal static class Program
{
    private static int Main() => 1;
}
