namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>The product of one packed panel of rows with another: the innermost loop of every search.</summary>
/// <typeparam name="T">What a packed column holds: a float32, or two int16 in 32 bits.</typeparam>
internal abstract unsafe class PanelKernel<T>
    where T : unmanaged
{
    /// <summary>Packed rows are filled with zeros to a multiple of so many columns, so that the loops may take that many a turn.</summary>
    public const int DepthUnit = 4;

    /// <summary>Name and shape, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Rows of the left matrix a call multiplies; its packed panels hold so many rows.</summary>
    public abstract int PanelRows { get; }

    /// <summary>Rows of the right matrix a call multiplies; its packed panels hold so many rows.</summary>
    public abstract int PanelColumns { get; }

    /// <summary>c (+)= a * b^T for one panel of each.</summary>
    /// <param name="a">depth x <see cref="PanelRows"/>, packed.</param>
    /// <param name="b">depth x <see cref="PanelColumns"/>, packed.</param>
    /// <param name="c"><see cref="PanelRows"/> x <see cref="PanelColumns"/>, its rows stride elements apart.</param>
    /// <param name="stride">The distance of two rows of c.</param>
    /// <param name="depth">Packed columns to go through, a multiple of <see cref="DepthUnit"/>.</param>
    /// <param name="accumulate">Whether to go on from what c holds, or from 0.</param>
    public abstract void Multiply(T* a, T* b, T* c, nint stride, nint depth, bool accumulate);
}
