namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>In which order pairs of panels are searched.</summary>
internal static class PanelOrder
{
    /// <summary>
    /// Every panel with itself, so that all rows have a threshold; then every pair, each sharing a panel with the pair before it:
    /// with three slots about half a panel a pair is brought up anew, and one at the most.
    /// </summary>
    public static IEnumerable<(int Rows, int Columns)> Of(int panelCount)
    {
        for (int panel = 0; panel < panelCount; panel++)
        {
            yield return (panel, panel);
        }

        bool isUpward = true;
        for (int rows = panelCount - 2; rows >= 0; rows--)
        {
            for (int step = rows + 1; step < panelCount; step++)
            {
                yield return (rows, isUpward ? step : panelCount + rows - step);
            }

            isUpward = !isUpward;
        }
    }
}
