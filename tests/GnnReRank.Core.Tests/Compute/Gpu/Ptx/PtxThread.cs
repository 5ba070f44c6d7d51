
namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>One thread's state.</summary>
internal sealed class PtxThread(PtxBlock block, int index)
{
    private readonly Queue<List<(ulong To, ulong From)>> _committed = [];
    private List<(ulong To, ulong From)> _open = [];

    public PtxBlock Block { get; } = block;

    public ulong[] Registers { get; } = new ulong[block.Program.RegisterCount];

    public byte[] Local { get; } = new byte[block.Program.LocalBytes];

    public int Next { get; set; }

    public bool Done { get; set; }

    public ulong Special(string name) => name switch
    {
        "%tid.x" => (ulong)index,
        "%ctaid.x" => (ulong)Block.Column,
        "%ctaid.y" => (ulong)Block.Row,
        "%tid.y" or "%tid.z" or "%ctaid.z" => 0,
        "%ntid.x" => (ulong)Block.Launch.Threads,
        "%nctaid.x" => (ulong)Block.Launch.Columns,
        _ => throw new NotSupportedException($"Special register {name}."),
    };

    /// <summary>Memory by the space in the opcode; without one, an address of global memory.</summary>
    public Span<byte> At(string space, ulong address, int bytes) => space switch
    {
        "param" => PtxMemory.Within(Block.Parameters, address, bytes),
        "shared" => PtxMemory.Within(Block.Shared, address, bytes),
        "local" => PtxMemory.Within(Local, address, bytes),
        _ => Block.Memory.At(address, bytes),
    };

    /// <summary>The copy of cp.async. It may land at once or at the wait, so each run does all of one kind.</summary>
    public void StartCopy(ulong to, ulong from)
    {
        _open.Add((to, from));
        if (Block.Launch.CopiesLandAtOnce)
        {
            Land((to, from));
        }
    }

    public void CommitCopies()
    {
        _committed.Enqueue(_open);
        _open = [];
    }

    public void WaitForCopies(int pendingGroups)
    {
        while (_committed.Count > pendingGroups)
        {
            List<(ulong To, ulong From)> group = _committed.Dequeue();
            if (!Block.Launch.CopiesLandAtOnce)
            {
                group.ForEach(Land);
            }
        }
    }

    private void Land((ulong To, ulong From) copy) => Block.Memory.At(copy.From, 16).CopyTo(At("shared", copy.To, 16));
}
