using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>Names the table that shows a result: protocols with figures of their own have one each (GnnReRank.Format.ps1xml).</summary>
internal static class AccuracyViews
{
    public static PSObject Shown(RetrievalAccuracy accuracy)
    {
        PSObject shown = new(accuracy);
        if (EvaluationProtocols.HasFiguresOfItsOwn(accuracy.Protocol))
        {
            shown.TypeNames.Insert(0, $"{typeof(RetrievalAccuracy).FullName}#{accuracy.Protocol}");
        }

        return shown;
    }
}
