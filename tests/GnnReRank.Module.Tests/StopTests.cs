using System.Diagnostics;
using System.Management.Automation;
using System.Text;

namespace GnnReRank.Tests.Module;

/// <summary>Ctrl+C: a command ends within half a second, whatever it is doing. The limit is a promise to users, so it is asserted.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ANeighbourSearchStops()
    {
        SetMatrix(20_000, 512);
        AssertStops("New-NeighborGraph -Gallery $matrix -NeighborCount 60");
    }

    [Fact]
    public void AReRankingStops()
    {
        SetMatrix(20_000, 512);
        AssertStops("Invoke-GnnReRank -Query $matrix -Gallery $matrix");
    }

    [Fact]
    public void ALargeImportStops()
    {
        using (FileStream file = File.Create(_session["large.npy"]))
        {
            // 200,000 x 512 doubles by columns, all zeros, which takes no room on most disks.
            file.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0]);
            file.Write(Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': True, 'shape': (200000, 512), }".PadRight(117) + "\n"));
            file.SetLength(128 + (200_000L * 512 * 8));
        }

        AssertStops("Import-FeatureMatrix large.npy");
    }

    [Fact]
    public void ExpandingARankingStops()
    {
        _session.Set("values", LabelledRows.Made(3_000, 3, 5, seed: 1).Values);
        _session.RunClean("""
            $matrix = ConvertTo-FeatureMatrix -InputObject $values
            $ranking = Search-FeatureMatrix $matrix $matrix
            """);
        AssertStops("$ranking | Expand-Ranking | ForEach-Object { $underWay.Set() }");
    }

    private void SetMatrix(int rowCount, int dimension)
    {
        _session.Set("values", LabelledRows.Made(rowCount, dimension, 100, seed: 1).Values);
        _session.RunClean("$matrix = ConvertTo-FeatureMatrix -InputObject $values");
    }

    /// <summary>Starts a script, stops it once it shows progress or sets $underWay, and holds the stop to the limit.</summary>
    private void AssertStops(string script)
    {
        using ManualResetEventSlim underWay = new();
        _session.Set("underWay", underWay);
        using PowerShell shell = _session.Create(script);
        shell.Streams.Progress.DataAdded += (_, _) => underWay.Set();
        IAsyncResult running = shell.BeginInvoke();
        Assert.True(underWay.Wait(TimeSpan.FromSeconds(60)), "The command never came under way.");
        Assert.False(running.IsCompleted, "The command had ended before it could be stopped: give it more to do.");

        Stopwatch clock = Stopwatch.StartNew();
        shell.Stop();
        clock.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.True(clock.Elapsed < Limit, $"The stop took {clock.ElapsedMilliseconds} ms.");
    }
}
