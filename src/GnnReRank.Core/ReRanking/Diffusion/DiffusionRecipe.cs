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
        WalkEdgeRecipe edges =
            new(settings.UseCameras ? 0 : settings.Neighbors, settings.ScaleNeighbors, settings.EffectiveEdgeWidth);
        if (settings.UseCameras)
        {
            edges = edges with
            {
                OwnCameraCount = settings.OwnCameraNeighbors,
                OtherCamerasCount = settings.OtherCameraNeighbors,
                OtherCamerasFactor = settings.OtherCameraFactor,
            };
        }

        return new RestartWalkRecipe(edges, settings.Restart, settings.Steps)
        {
            DistanceWeight = settings.DistanceWeight, Floor = settings.Floor,
        };
    }
}
