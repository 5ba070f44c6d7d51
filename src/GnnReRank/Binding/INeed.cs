namespace GnnReRank.Binding;

/// <summary>
/// Marks a parameter of the pipeline, or by name alone, that a command cannot do without, and says how to come by its object. Such a parameter is never Mandatory:
/// PowerShell would ask for what nobody can type.
/// </summary>
internal interface INeed
{
    /// <summary>What is needed, with its article: "a ranking".</summary>
    string Thing { get; }

    /// <summary>How to come by it: "make one with ...".</summary>
    string Remedy { get; }

    /// <summary>Whether it comes by name alone, whatever comes through the pipeline.</summary>
    bool IsByName { get; }
}
