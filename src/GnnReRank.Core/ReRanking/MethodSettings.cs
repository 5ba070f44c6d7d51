using GnnReRank.Compute.Jobs;

namespace GnnReRank;

/// <summary>The parameters of a re-ranking method: those of its properties that have a <see cref="MethodParameterAttribute"/>.</summary>
public abstract record MethodSettings : RankingSettings
{
    private protected MethodSettings()
    {
    }

    /// <summary>The method's parameters, in the order in which people read them.</summary>
    public IReadOnlyList<MethodParameter> Parameters => MethodParameter.Of(GetType());

    /// <summary>Whether the method needs the camera of every row.</summary>
    public virtual bool UsesCameras => false;

    /// <summary>
    /// Whether each row is centred by its camera first: the mean of the camera's rows, of query and gallery together,
    /// is subtracted from it. The ranking keeps the matrices as they were given.
    /// </summary>
    public bool CenterCamera { get; init; }

    /// <summary>The re-ranker of these settings.</summary>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public IReRanker CreateReRanker() => CreateReRanker(backend: null);

    /// <summary>As above, on a given backend; null takes the one that a call's options ask for.</summary>
    internal abstract IReRanker CreateReRanker(IComputeBackend? backend);

    /// <summary>Checks every range, and what parameters must be to each other.</summary>
    /// <exception cref="GnnReRankException">A parameter is out of its range; the message names it.</exception>
    public virtual void Validate()
    {
        foreach (MethodParameter parameter in Parameters)
        {
            parameter.Validate(this);
        }
    }

    /// <summary>These settings with no parameter larger than so many rows allow.</summary>
    /// <param name="vertexCount">Queries and gallery rows together.</param>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public virtual MethodSettings FitTo(int vertexCount)
    {
        Validate();
        MethodSettings fitted = this;
        foreach (MethodParameter parameter in Parameters.Where(parameter => parameter.CountsRows))
        {
            if (parameter.ValueIn(fitted) is int count && count > vertexCount)
            {
                fitted = parameter.With(fitted, vertexCount);
            }
        }

        return fitted;
    }

    /// <summary>A line for people: the method, and each parameter by the paper's name.</summary>
    public sealed override string ToString()
    {
        string centred = CenterCamera ? " centred" : string.Empty;
        string single = QueryMode == QueryMode.Independent ? " single queries" : string.Empty;
        string recall = Approximation is null
            ? string.Empty
            : FormattableString.Invariant($" recall={Approximation.Recall:0.000}");
        return $"{Describe()}{centred}{single}{recall}";
    }

    private protected virtual string Describe() =>
        string.Join(' ', Parameters.Select(parameter => parameter.Describe(this)).Where(word => word is not null).Prepend(Method));

    private protected static void Require(bool holds, string errorId, string message)
    {
        if (!holds)
        {
            throw new GnnReRankException(errorId, ErrorKind.InvalidArgument, message);
        }
    }
}
