namespace GnnReRank.Fuzz.Worst;

internal static class WorstRun
{
    public static int Run(FuzzOptions options) => options.Worst ? 1 : 0;
}
