
namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>A program as delegates: for each instruction one for a thread, or one for a warp, or neither, at a barrier.</summary>
internal sealed class PtxCode
{
    /// <param name="program">The program.</param>
    /// <param name="fuses">Whether products and sums are fused first.</param>
    public PtxCode(PtxProgram program, bool fuses = false)
    {
        Program = program;
        PtxInstruction[] instructions = fuses ? PtxFusion.Fused(program) : [.. program.Instructions];
        Steps = [.. instructions.Select(Step)];
        WarpSteps = [.. instructions.Select(instruction => PtxWarp.Step(instruction))];
    }

    /// <summary>Runs programs in the emulator's place, where the tests prove a GPU (benchmarks/gpu-kit); null in the tests' own run.</summary>
    public static Action<PtxProgram, PtxMemory, byte[], PtxLaunch>? Machine { get; set; }

    public PtxProgram Program { get; }

    public Action<PtxThread>?[] Steps { get; }

    public Action<PtxThread[]>?[] WarpSteps { get; }

    /// <summary>Runs all blocks, one after the other.</summary>
    public void Run(PtxMemory memory, byte[] parameters, PtxLaunch launch)
    {
        if (parameters.Length != Program.ParameterBytes)
        {
            throw new ArgumentException($"{parameters.Length} bytes of parameters, expected {Program.ParameterBytes}.");
        }

        if (Machine is not null)
        {
            Machine(Program, memory, parameters, launch);
            return;
        }

        for (int block = 0; block < launch.Columns * launch.Rows; block++)
        {
            new PtxBlock(this, memory, parameters, launch, block % launch.Columns, block / launch.Columns).Run();
        }
    }

    private Action<PtxThread>? Step(PtxInstruction instruction)
    {
        if (instruction.Opcode == "bar.sync" || PtxWarp.Step(instruction) is not null)
        {
            return instruction.Guard < 0 ? null : throw new NotSupportedException($"{instruction.Opcode} under a predicate.");
        }

        Action<PtxThread> step = instruction.Target is { } label ? Jump(Program.Labels[label]) : PtxScalar.Step(instruction);
        return instruction.Guard < 0 ? step : thread =>
        {
            if (thread.Registers[instruction.Guard] == instruction.GuardValue)
            {
                step(thread);
            }
        };
    }

    private static Action<PtxThread> Jump(int target) => thread => thread.Next = target;
}
