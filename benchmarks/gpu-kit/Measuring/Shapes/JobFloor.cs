namespace GnnReRank.GpuKit.Measuring;

/// <summary>What a whole job must do at least.</summary>
internal static class JobFloor
{
    /// <summary>
    /// The least milliseconds. What the device does for the stages adds up, and so does what goes over the link; but the
    /// link is beside the device: lists of some queries come down while others are ranked. Null where the card is not
    /// known.
    /// </summary>
    /// <param name="shape">The job.</param>
    /// <param name="method">Paper, Reference, Diffusion or Cosine.</param>
    /// <param name="top">Gallery rows that are kept a query; null for all.</param>
    /// <param name="isFromHost">Whether the rows go up first.</param>
    /// <param name="peaks">The card's peaks.</param>
    public static double? Of(KitShape shape, string method, int? top, bool isFromHost, CardPeaks? peaks)
    {
        IReadOnlyList<StageFloor> stages = Stages(shape, method, top ?? shape.Job.Gallery, isFromHost);
        return peaks is null
            ? null
            : Math.Max(stages.Sum(stage => stage.OnDevice(peaks)), stages.Sum(stage => stage.OnLink(peaks)));
    }

    private static List<StageFloor> Stages(KitShape shape, string method, int depth, bool isFromHost)
    {
        List<StageFloor> stages =
        [
            StageFloor.Cosines(shape.Job), StageFloor.Order(shape.Job, depth), StageFloor.Download(shape.Job, depth),
        ];
        if (method != "Cosine")
        {
            stages.AddRange([StageFloor.Neighbors(shape.Job), StageFloor.Scores(shape.Job)]);
        }

        if (method is "Paper" or "Reference")
        {
            stages.Add(StageFloor.Messages(shape));
        }

        if (isFromHost)
        {
            stages.Add(StageFloor.Upload(shape.Job));
        }

        return stages;
    }
}
