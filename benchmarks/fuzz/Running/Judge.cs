using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Running;

/// <summary>Says what became of an input, and whether that is a finding.</summary>
internal static class Judge
{
    // Its columns are named in the schema and in each row group.
    private const string TwiceNamed = "Parquet";

    private static readonly Type[] s_faults =
    [
        typeof(NullReferenceException), typeof(IndexOutOfRangeException), typeof(InvalidCastException), typeof(ArgumentException),
        typeof(KeyNotFoundException), typeof(OverflowException), typeof(DivideByZeroException), typeof(InvalidOperationException),
        typeof(OutOfMemoryException), typeof(NotImplementedException), typeof(ArrayTypeMismatchException), typeof(RankException),
    ];

    /// <summary>The outcome's name for the tally, and the findings: their kind and what they say.</summary>
    public static (string Outcome, List<(string Kind, string Text)> Findings) Of(Seed seed, int call, Answer answer, Fingerprint? found, bool isRepaired)
    {
        List<(string Kind, string Text)> findings = [];
        foreach (ErrorRecord error in answer.Errors)
        {
            Check(error, findings);
        }

        if (answer.Errors.Count > 0)
        {
            return (Tally.Refused + answer.Errors[0].FullyQualifiedErrorId.Split(',')[0], findings);
        }

        Fingerprint? expected = seed.Expected[call];
        if (found == expected)
        {
            return (Tally.Equal, findings);
        }

        if (isRepaired)
        {
            return (Tally.Repaired, findings);
        }

        if (expected is null || found is null)
        {
            return (Tally.Changed, findings);
        }

        Guard guard = seed.Calls[call].Guarded(seed.Guard);
        if (guard == Guard.All || guard == Guard.Shape && expected.Shape != found.Shape)
        {
            findings.Add(("changed behind its checksums", $"{expected} became {found}, {answer.Warnings.Count} warnings"));
        }

        if (answer.Warnings.Count > 0 || found.Parts.Labels >= expected.Parts.Labels && found.Parts.Cameras >= expected.Parts.Cameras && found.Parts.Names >= expected.Parts.Names)
        {
            return (Tally.Changed, findings);
        }

        // Where a name stands once and nothing guards it, another name is another column.
        if (seed.Guard != Guard.None || seed.Format == TwiceNamed)
        {
            findings.Add(("labels, cameras or names gone without a word", $"{expected.Shape} became {found.Shape}"));
        }

        return (Tally.Gone, findings);
    }

    private static void Check(ErrorRecord error, List<(string Kind, string Text)> findings)
    {
        Exception exception = error.Exception;
        if (exception is not GnnReRankException)
        {
            findings.Add(($"raw {exception.GetType().Name} at {Place(exception)}", exception.ToString()));
            return;
        }

        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            string place = Place(inner);
            if (Array.Exists(s_faults, fault => fault.IsInstanceOfType(inner)) && !IsOfText(inner) && place.StartsWith("GnnReRank.", StringComparison.Ordinal))
            {
                findings.Add(($"own fault told as {error.FullyQualifiedErrorId.Split(',')[0]}: {inner.GetType().Name} at {place}", exception.ToString()));
            }
        }
    }

    // Decoders and JSON readers of the runtime say so that a text is no text.
    private static bool IsOfText(Exception exception) => exception is DecoderFallbackException ||
        exception is InvalidOperationException && new StackTrace(exception).GetFrame(0)?.GetMethod()?.DeclaringType?.FullName?.StartsWith("System.Text.", StringComparison.Ordinal) == true;

    // The first method outside the runtime: the module's, or a library's that it calls.
    private static string Place(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception).GetFrames())
        {
            string? type = frame.GetMethod()?.DeclaringType?.FullName;
            if (type is not null && !type.StartsWith("System.", StringComparison.Ordinal) && !type.StartsWith("Interop", StringComparison.Ordinal))
            {
                return $"{type}.{frame.GetMethod()!.Name}";
            }
        }

        return "no frame";
    }
}
