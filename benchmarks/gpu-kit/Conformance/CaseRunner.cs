using System.Globalization;
using System.Reflection;

namespace GnnReRank.GpuKit.Conformance;

/// <summary>Runs a case as xunit does: an object of its own, set up and disposed of; and ends waiting at a limit.</summary>
internal static class CaseRunner
{
    // What xunit puts before the reason of a skip.
    private const string SkipMark = "$XunitDynamicSkip$";

    /// <summary>Runs it on a thread of its own.</summary>
    /// <param name="type">Its class.</param>
    /// <param name="test">The case.</param>
    /// <param name="bind">Makes the device's context the thread's, as the process's first thread has it.</param>
    /// <param name="limit">When the wait for it ends.</param>
    public static CaseResult Run(Type type, TestCase test, Action bind, TimeSpan limit)
    {
        Exception? error = null;
        Thread thread = new(() =>
        {
            try
            {
                bind();
                RunHere(type, test).GetAwaiter().GetResult();
            }
            catch (Exception thrown)
            {
                error = thrown is TargetInvocationException { InnerException: Exception inner } ? inner : thrown;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        if (!thread.Join(limit))
        {
            return new CaseResult(
                string.Create(CultureInfo.InvariantCulture, $"did not end within {limit.TotalSeconds:F0} s"), Hangs: true);
        }

        return error is null ? new CaseResult()
            : error.Message.StartsWith(SkipMark, StringComparison.Ordinal) ? new CaseResult(IsSkipped: true)
            : new CaseResult($"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
    }

    private static async Task RunHere(Type type, TestCase test)
    {
        object instance = Activator.CreateInstance(type)!;
        try
        {
            if (instance is IAsyncLifetime lifetime)
            {
                await lifetime.InitializeAsync();
            }

            object? returned = test.Method.Invoke(instance, Completed(test));
            await (returned switch
            {
                Task task => task,
                ValueTask task => task.AsTask(),
                _ => Task.CompletedTask,
            });
        }
        finally
        {
            if (instance is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                (instance as IDisposable)?.Dispose();
            }
        }
    }

    /// <summary>The row, and the defaults of parameters that it leaves out.</summary>
    private static object?[] Completed(TestCase test) =>
        [.. test.Arguments, .. test.Method.GetParameters().Skip(test.Arguments.Length).Select(parameter => parameter.DefaultValue)];
}
