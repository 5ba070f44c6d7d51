namespace GnnReRank;

/// <summary>Which graph the published diffusion runs over.</summary>
public enum DiffusionForm
{
    /// <summary>
    /// Queries and gallery together; a query and a gallery row are compared by the cosine of their rows of the inverse.
    /// </summary>
    Joint,

    /// <summary>
    /// The gallery alone; a query starts from its nearest gallery rows, and their rows of the inverse are summed.
    /// </summary>
    Gallery,
}
