namespace GnnReRank.Formats.Mat.Values;

/// <summary>An open MAT-file of any version: whole variables by their names.</summary>
internal interface IMatVariables : IDisposable
{
    IReadOnlyList<string> Names { get; }

    /// <summary>A variable with all that lies in it: a <see cref="MatNumbers"/>, string, <see cref="MatCell"/> or <see cref="MatStruct"/>.</summary>
    /// <exception cref="GnnReRankException">It holds what is not read.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    object Value(string name, CancellationToken cancellation);

    /// <summary>Verifies what nobody read; called once all was read.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    void CheckRest(CancellationToken cancellation);
}
