using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>What a person should know of a measurement that went well, and might not guess.</summary>
internal static class EvaluationWarnings
{
    public static IEnumerable<string> Of(EvaluationPlan plan)
    {
        FeatureMatrix query = plan.Ranking.Query;
        FeatureMatrix gallery = plan.Ranking.Gallery;
        if (plan.Settings.Protocol is null && plan.Settings.GroundTruth is null && query.HasCameras != gallery.HasCameras)
        {
            (string with, string without) = query.HasCameras ? ("query", "gallery") : ("gallery", "query");
            yield return
                $"The {with} matrix has cameras and the {without} matrix has none, so {plan.Traits.Protocol} was measured, and images of the query's own camera count as hits. " +
                $"Import the {without}'s cameras (-CameraColumn) for Market1501, or name the protocol: -Protocol {plan.Traits.Protocol}.";
        }

        if (plan.Traits.CountsDoubtfulImages && !OwnRows.AreSameRows(query, gallery))
        {
            int[] own = OwnRows.FindWithin(query, gallery, out int doubtful);
            if (doubtful > 0)
            {
                yield return
                    $"{doubtful:N0} of {query.RowCount:N0} queries have the name of a gallery row with other values, or the values of one with another name. " +
                    "They are taken for different images and count. If they are the same, give both the same names, or measure with -Protocol LeaveOneOut.";
            }

            int alike = OwnRows.CountAlike(plan.Ranking, own);
            if (alike > 0)
            {
                yield return
                    $"{alike:N0} of {query.RowCount:N0} queries have a gallery row of their label first, with all but the same values. Without names it cannot be told whether these are the queries themselves, " +
                    "so they count as hits. If they are the same images, give both matrices names (-NameColumn, -NamePath), and they are left out.";
            }
        }
    }
}
