using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.Diffusion;

/// <summary>What the parameters of diffusion ask of the engine.</summary>
internal static class DiffusionRecipe
{
    /// <summary>The recipe of some settings.</summary>
    /// <exception cref="GnnReRankException">A parameter is out of its range.</exception>
    public static RestartWalkRecipe Of(DiffusionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        return new RestartWalkRecipe(settings.Neighbors, settings.Restart, settings.Steps);
    }
}
