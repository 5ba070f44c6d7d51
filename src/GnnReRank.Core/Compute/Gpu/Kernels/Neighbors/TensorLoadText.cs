namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>
/// The PTX that brings values into <see cref="TensorTileKernel"/>'s registers, under the names of
/// <see cref="TensorSumText"/>.
/// </summary>
internal static class TensorLoadText
{
    /// <summary>
    /// %0: where this thread's first 16 bytes go in the stage; %1 to %8: where from, 32 rows on each time.
    /// </summary>
    public const string Copy =
        "add.u32 tileAt, tileBase, %0; "
        + CopyAsync + "[tileAt], [%1], 16; "
        + CopyAsync + "[tileAt+2048], [%2], 16; "
        + CopyAsync + "[tileAt+4096], [%3], 16; "
        + CopyAsync + "[tileAt+6144], [%4], 16; "
        + CopyAsync + "[tileAt+8192], [%5], 16; "
        + CopyAsync + "[tileAt+10240], [%6], 16; "
        + CopyAsync + "[tileAt+12288], [%7], 16; "
        + CopyAsync + "[tileAt+14336], [%8], 16;";

    public const string Commit = "cp.async.commit_group;";

    /// <summary>Waits for all copies but the last committed group.</summary>
    public const string WaitForAllButOne = "cp.async.wait_group 1;";

    /// <summary>%0: the place of this lane's row in the warp's 64 x 16 values. 1,024 bytes are 16 rows.</summary>
    public const string FirstRows =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + "{fa0,fa1,fa2,fa3}, [tileAt]; "
        + LoadMatrices + "{fa4,fa5,fa6,fa7}, [tileAt+1024]; "
        + LoadMatrices + "{fa8,fa9,fa10,fa11}, [tileAt+2048]; "
        + LoadMatrices + "{fa12,fa13,fa14,fa15}, [tileAt+3072];";

    /// <summary>%0: as for <see cref="FirstRows"/>, 16 values on.</summary>
    public const string SecondRows =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + "{ga0,ga1,ga2,ga3}, [tileAt]; "
        + LoadMatrices + "{ga4,ga5,ga6,ga7}, [tileAt+1024]; "
        + LoadMatrices + "{ga8,ga9,ga10,ga11}, [tileAt+2048]; "
        + LoadMatrices + "{ga12,ga13,ga14,ga15}, [tileAt+3072];";

    /// <summary>%0: the place of this lane's row in the other 64 x 16 values.</summary>
    public const string FirstColumns =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + "{fb0,fb1,fb2,fb3}, [tileAt]; "
        + LoadMatrices + "{fb4,fb5,fb6,fb7}, [tileAt+1024]; "
        + LoadMatrices + "{fb8,fb9,fb10,fb11}, [tileAt+2048]; "
        + LoadMatrices + "{fb12,fb13,fb14,fb15}, [tileAt+3072];";

    /// <summary>%0: as for <see cref="FirstColumns"/>, 16 values on.</summary>
    public const string SecondColumns =
        "add.u32 tileAt, tileBase, %0; "
        + LoadMatrices + "{gb0,gb1,gb2,gb3}, [tileAt]; "
        + LoadMatrices + "{gb4,gb5,gb6,gb7}, [tileAt+1024]; "
        + LoadMatrices + "{gb8,gb9,gb10,gb11}, [tileAt+2048]; "
        + LoadMatrices + "{gb12,gb13,gb14,gb15}, [tileAt+3072];";

    private const string CopyAsync = "cp.async.cg.shared.global ";
    private const string LoadMatrices = "ldmatrix.sync.aligned.m8n8.x4.shared.b16 ";
}
