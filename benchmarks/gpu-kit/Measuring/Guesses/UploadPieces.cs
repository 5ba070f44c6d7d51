using GnnReRank.Compute.Gpu.Hardware;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>What a size of the page-locked pieces costs: making them, filling, copying, and both in turns.</summary>
/// <param name="lines">Receive the times.</param>
internal sealed class UploadPieces(StepLines lines)
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1);

    private GpuDevice Device => lines.Context.Device;

    public void Run()
    {
        foreach (int megabytes in lines.Context.IsSmall ? (int[])[1] : [16, 64, 256])
        {
            lines.Try($"pieces of {megabytes} MB", () => Run(megabytes));
        }
    }

    private void Run(int megabytes)
    {
        int length = megabytes << 18;
        double bytes = (double)length * sizeof(float);
        int pieces = Math.Max(2, 256 / megabytes);
        float[] source = GC.AllocateArray<float>(length);
        Array.Fill(source, 0.5f);
        PageLockedArray1D<float>[] locked = [];
        StageTimes made = StageTimes.Of(Device, 1, s_budget, () => locked = [Locked(length), Locked(length)]);
        using PageLockedArray1D<float> first = locked[0];
        using PageLockedArray1D<float> second = locked[1];
        using MemoryBuffer1D<float, Stride1D.Dense> target = Device.Allocate<float>(length);
        using AcceleratorStream stream = Device.Accelerator.CreateStream();
        void Copy(PageLockedArray1D<float> piece) => target.View.BaseView.CopyFromPageLockedAsync(stream, piece);

        StageTimes filled = StageTimes.Of(Device, lines.Runs, s_budget, () => Fill(source, first));
        StageTimes copied = StageTimes.Of(Device, lines.Runs, s_budget, () =>
        {
            Copy(first);
            stream.Synchronize();
        });
        StageTimes both = StageTimes.Of(Device, lines.Runs, s_budget, () =>
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                PageLockedArray1D<float> filling = piece % 2 == 0 ? first : second;
                Fill(source, filling);
                stream.Synchronize();
                Copy(filling);
            }

            stream.Synchronize();
        });
        string Rate(StageTimes times, double count) =>
            FormattableString.Invariant($"{count * bytes / times.Median / 1e6:0.#} GB/s");
        string size = $"pieces of {megabytes} MB";
        lines.Time($"{size}: two page-locked arrays made", made);
        lines.Time($"{size}: one filled", filled, null, Rate(filled, 1));
        lines.Time($"{size}: one copied", copied, Floor(bytes), Rate(copied, 1));
        lines.Time($"{size}: {pieces} filled and copied in turns", both, Floor(pieces * bytes), Rate(both, pieces));
    }

    private PageLockedArray1D<float> Locked(int length) => Device.Accelerator.AllocatePageLocked1D<float>(length);

    private double? Floor(double bytes) => new StageFloor(0, bytes, bytes).On(lines.Peaks);

    private static void Fill(float[] source, PageLockedArray1D<float> piece)
    {
        const int part = 1 << 18;
        float[] target = piece.GetArray();
        Parallel.For(0, (source.Length + part - 1) / part, at =>
        {
            int from = at * part;
            source.AsSpan(from, Math.Min(part, source.Length - from)).CopyTo(target.AsSpan(from));
        });
    }
}
