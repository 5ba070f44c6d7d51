using System.Collections.ObjectModel;
using System.Globalization;

namespace GnnReRank;

/// <summary>A list in a result: read-only, and readable where tables and files of text show it in one cell.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class ResultList<T> : ReadOnlyCollection<T>
{
    private const int ShownItems = 5;

    /// <summary>Wraps a list, which must not change afterwards.</summary>
    /// <param name="list">The list.</param>
    public ResultList(IList<T> list)
        : base(list)
    {
    }

    /// <summary>The first items, and how many there are where these are not all: "0.93333, 0.95, 0.96667, 0.97, 0.97, ... (1,497)".</summary>
    public override string ToString()
    {
        string shown = string.Join(", ", this.Take(ShownItems).Select(Text));
        return Count <= ShownItems ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown}, ... ({Count:N0})");
    }

    private static string Text(T item) => item switch
    {
        double or float => ((IFormattable)item).ToString("G5", CultureInfo.InvariantCulture),
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        _ => item?.ToString() ?? string.Empty,
    };
}
