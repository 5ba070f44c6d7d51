namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>A program ready to run: what a thread does by itself, and what a warp does together.</summary>
internal sealed class PtxCode
{
    private readonly Lazy<Action<PtxThread>> _run;

    /// <param name="program">The program.</param>
    /// <param name="fuses">Whether products and sums are fused first.</param>
    public PtxCode(PtxProgram program, bool fuses = false)
    {
        Program = program;
        Fuses = fuses;
        PtxInstruction[] instructions = fuses ? PtxFusion.Fused(program) : [.. program.Instructions];
        _run = new Lazy<Action<PtxThread>>(() => PtxTranslator.Compile(instructions, program.Labels));
        WarpSteps = [.. instructions.Select(instruction => PtxWarp.Step(instruction))];
    }

    /// <summary>Runs programs in the emulator's place, where the tests prove a GPU (benchmarks/gpu-kit); null in the tests' own run.</summary>
    public static Action<PtxCode, PtxMemory, byte[], PtxLaunch>? Machine { get; set; }

    public PtxProgram Program { get; }

    /// <summary>Whether products and sums may become one multiply-add.</summary>
    public bool Fuses { get; }

    /// <summary>Runs a thread until it is done or needs others.</summary>
    public Action<PtxThread> RunThread => _run.Value;

    public Action<PtxThread[]>?[] WarpSteps { get; }

    /// <summary>Runs all blocks: here, or on what stands in the emulator's place.</summary>
    public void Run(PtxMemory memory, byte[] parameters, PtxLaunch launch)
    {
        if (Machine is null)
        {
            Emulate(memory, parameters, launch);
        }
        else
        {
            Check(parameters);
            Machine(this, memory, parameters, launch);
        }
    }

    /// <summary>Runs all blocks here, one after the other.</summary>
    public void Emulate(PtxMemory memory, byte[] parameters, PtxLaunch launch)
    {
        Check(parameters);
        for (int block = 0; block < launch.Columns * launch.Rows; block++)
        {
            new PtxBlock(this, memory, parameters, launch, block % launch.Columns, block / launch.Columns).Run();
        }
    }

    private void Check(byte[] parameters)
    {
        if (parameters.Length != Program.ParameterBytes)
        {
            throw new ArgumentException($"{parameters.Length} bytes of parameters, expected {Program.ParameterBytes}.");
        }
    }
}
