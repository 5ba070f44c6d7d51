using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GnnReRank.Tests;

/// <summary>docs/architecture/gpu-guesses.md tells the values that the source has.</summary>
public sealed partial class GpuGuessesTests
{
    private const string RenewVariable = "GNNRERANK_RENEW_GPU_GUESSES";

    private static readonly string s_document =
        Path.Combine(TestPaths.Repository, "docs", "architecture", "gpu-guesses.md");

    [Fact]
    public void TellsTheValuesThatTheSourceHas()
    {
        string text = File.ReadAllText(s_document);
        string renewed = Row().Replace(text, row =>
        {
            string name = row.Groups["name"].Value;
            return $"| `{name}` | {ValueOf(name)} |";
        });
        if (Environment.GetEnvironmentVariable(RenewVariable) is not null)
        {
            File.WriteAllText(s_document, renewed);
            return;
        }

        Assert.True(Row().Count(text) > 40, "The tables were not read.");
        Assert.True(
            text == renewed, $"{s_document} tells other values; set {RenewVariable}=1 to renew it.");
    }

    [Theory]
    [InlineData(67_108_864L, "2^26")]
    [InlineData(512, "512")]
    [InlineData(1e-15f, "1E-15")]
    [InlineData(0.9, "0.9")]
    [InlineData(5e9, "5e9")]
    [InlineData(1_500, "1,500")]
    public void WritesAValueAsPeopleReadIt(object value, string expected) => Assert.Equal(expected, Text(value));

    private static string ValueOf(string name)
    {
        string[] parts = name.Split('.');
        FieldInfo? field = typeof(FeatureMatrix).Assembly.GetTypes()
            .Where(type => type.Name == parts[0])
            .Select(type => type.GetField(parts[1], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .FirstOrDefault(found => found is not null);
        return field is null ? $"there is no {name}" : Text(field.GetValue(null)!);
    }

    private static string Text(object value) => value switch
    {
        double number when number >= 1e6 => number.ToString("0.####e0", CultureInfo.InvariantCulture),
        double or float => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => Whole(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    private static string Whole(long value) => value >= 1_024 && BitOperations.IsPow2(value)
        ? $"2^{BitOperations.Log2((ulong)value)}"
        : value.ToString("N0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<name>\w+\.\w+)` \| [^|]*? \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
