using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Names the table that shows a result: protocols with figures of their own have one each (GnnReRank.Format.ps1xml).</summary>
internal static class AccuracyViews
{
    public static PSObject Shown(RetrievalAccuracy accuracy)
    {
        PSObject shown = new(accuracy);
        if (accuracy.Protocol is EvaluationProtocol.RevisitedOxfordParis or EvaluationProtocol.LeaveOneOut or EvaluationProtocol.University1652)
        {
            shown.TypeNames.Insert(0, $"{typeof(RetrievalAccuracy).FullName}#{accuracy.Protocol}");
        }

        return shown;
    }
}
