using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank.Abstractions;

/// <summary>A command that takes some rows and columns of a matrix.</summary>
public abstract class RowFilterCommand : GnnReRankCommand
{
    private protected RowFilterCommand()
    {
    }

    /// <summary>Take only the rows with these labels (identities).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public long[]? Label { get; set; }

    /// <summary>Take only the rows of these cameras.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? Camera { get; set; }

    /// <summary>Take only the rows with these names, without regard to case. Wildcards *, ? and [a-z] are welcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PSDefaultValue(Help = "all rows")]
    public string[]? Name { get; set; }

    /// <summary>Take only these rows, by their 0-based index. They keep their order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? Index { get; set; }

    /// <summary>Turn the filters -Label, -Camera, -Name and -Index round: take the rows that they do not.</summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    /// <summary>Take at most so many rows, the first that pass the filters; of a file, no more is read.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? First { get; set; }

    /// <summary>Take at most so many of the rows that pass the filters, drawn at random without repetition. They keep their order.</summary>
    [Parameter]
    [PSDefaultValue(Help = "all rows")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int? Random { get; set; }

    /// <summary>The seed of -Random: the same seed draws the same rows. 0, unless given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int Seed { get; set; }

    /// <summary>Take only these feature columns, by their 0-based index: (0..255) takes the first 256. They keep their order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Column")]
    [PSDefaultValue(Help = "all")]
    [ArgumentCompleter(typeof(NumberCompleter))]
    public int[]? Columns { get; set; }

    /// <summary>What the parameters say of rows.</summary>
    private protected RowSelection Rows() => new()
    {
        Indices = Index,
        Labels = Label,
        Cameras = Camera,
        Names = Name,
        Exclude = Exclude,
        First = First,
        Random = Random,
        Seed = Seed,
    };
}
