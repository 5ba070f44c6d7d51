using System.Globalization;

namespace GnnReRank;

/// <summary>Failures for people: a stage's items that failed alike are one sentence.</summary>
internal static class FailureGroups
{
    private const int MostGroups = 3;

    public static string TextOf(IReadOnlyList<ClusterJobFailure> failures)
    {
        ClusterJobFailure[][] groups = [.. failures
            .GroupBy(failure => (failure.Stage, failure.Attempts, failure.Message)).Select(group => group.ToArray())];
        IEnumerable<string> shown = groups.Take(MostGroups).Select(TextOf);
        int more = groups.Skip(MostGroups).Sum(group => group.Length);
        return string.Join("; ", more == 0 ? shown : shown.Append(
            string.Create(CultureInfo.InvariantCulture, $"{more:N0} more")));
    }

    private static string TextOf(ClusterJobFailure[] alike)
    {
        if (alike.Length == 1)
        {
            return $"{alike[0]}";
        }

        int[] items = [.. alike.Select(failure => failure.Item).Order()];
        string which = items[^1] - items[0] == items.Length - 1
            ? string.Create(CultureInfo.InvariantCulture, $"{items[0]:N0} to {items[^1]:N0}")
            : string.Create(
                CultureInfo.InvariantCulture, $"{items[0]:N0}, {items[1]:N0}{(items.Length > 2 ? ", ..." : "")}");
        ClusterJobFailure first = alike[0];
        string tries = first.Attempts == 1 ? "1 try" : string.Create(
            CultureInfo.InvariantCulture, $"{first.Attempts:N0} tries each");
        return DisplayText.Of(string.Create(
            CultureInfo.InvariantCulture,
            $"{items.Length:N0} items of {first.Stage} ({which}), after {tries}: {first.Message.TrimEnd('.')}" +
            $"{(first.Log is null ? string.Empty : $" (log: {first.Log})")}"));
    }
}
