using System.Collections;
using System.Globalization;
using System.Text;

namespace GnnReRank.Tests.Datasets.Landmarks;

/// <summary>Pickles of protocol 0 from the format's description: texts, numbers, lists and dictionaries.</summary>
internal static class HandPickle
{
    public static byte[] Of(object value) => Encoding.ASCII.GetBytes(Text(value) + ".");

    /// <summary>A list that names one object many times: it is kept in the memo as 0.</summary>
    public static string Shared(object value, int times) =>
        $"({Text(value)}p0\n0l{string.Concat(Enumerable.Repeat("g0\na", times))}";

    private static string Text(object value) => value switch
    {
        Raw raw => raw.Opcodes,
        string text => $"V{text}\n",
        int whole => string.Create(CultureInfo.InvariantCulture, $"I{whole}\n"),
        double number => string.Create(CultureInfo.InvariantCulture, $"F{number:R}\n"),
        Dictionary<string, object> dictionary => $"(d{string.Concat(dictionary.Select(entry => $"{Text(entry.Key)}{Text(entry.Value)}s"))}",
        IEnumerable list => $"(l{string.Concat(list.Cast<object>().Select(item => $"{Text(item)}a"))}",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    /// <summary>Opcodes written by hand.</summary>
    internal sealed record Raw(string Opcodes);
}
