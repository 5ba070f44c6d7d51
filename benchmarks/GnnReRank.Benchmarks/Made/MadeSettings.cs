namespace GnnReRank.Benchmarks;

/// <summary>What made features look like.</summary>
internal sealed record MadeSettings
{
    public int Seed { get; init; } = 1;

    /// <summary>The number of identities; null takes as many as <see cref="ImagesEach"/> allows.</summary>
    public int? Identities { get; init; }

    /// <summary>Gallery images an identity has, where <see cref="Identities"/> is not given.</summary>
    public int ImagesEach { get; init; } = 20;

    /// <summary>How far identities lie apart, in each latent dimension.</summary>
    public float Spread { get; init; } = 0.68f;

    /// <summary>How far images of one identity lie apart, in each latent dimension.</summary>
    public float Within { get; init; } = 0.58f;

    /// <summary>The part of the gallery that shows no identity at all.</summary>
    public double DistractorShare { get; init; } = 0.335;

    public int DistractorsOf(int gallery) => (int)(gallery * DistractorShare);

    public int IdentitiesOf(int gallery) => Identities ?? Math.Max(2, (int)(gallery * (1 - DistractorShare) / ImagesEach));
}
