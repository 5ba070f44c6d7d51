using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Indexing.Methods;
using GnnReRank.Indexing.State;

namespace GnnReRank.Indexing.Files;

/// <summary>Writes what an index is made of; where rows were removed, as if they had never been there.</summary>
internal static class IndexContent
{
    /// <summary>Writes a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="snapshot">The index.</param>
    /// <param name="method">Its method.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Write(SectionWriter writer, IndexSnapshot snapshot, IndexMethod method, ComputeOptions options)
    {
        IndexRows rows = snapshot.Rows;
        FeatureMatrix gallery = rows.Gallery;
        NeighborGraph graph = DenseLists.Of(snapshot.Graph, rows);

        // What the method makes of lists without gaps is what it holds of those with them, by other numbers.
        ISingleScoring? scoring = rows.Slots is null
            ? snapshot.Scoring : method.Prepare(new GalleryLists(graph, rows.Count), options);
        FeaturePieces.Write(writer, rows);
        writer.Append(SectionNames.InverseNorms, gallery.InverseNorms);
        writer.Append<byte>(SectionNames.Description, new IndexDescription(
            method.SettingsFor(graph.Approximation), gallery.Role, gallery.Source, graph.Source).ToBytes());
        WriteKnown(writer, gallery);
        writer.Append(SectionNames.ListIndices, graph.IndexSpan);
        writer.Append(SectionNames.ListScores, graph.ScoreSpan);
        scoring?.Write(new StateSections(writer));
        writer.Finish(rows.Count, rows.Dimension, graph.NeighborCount);
    }

    private static void WriteKnown(SectionWriter writer, FeatureMatrix gallery)
    {
        if (gallery.HasLabels)
        {
            writer.Append(SectionNames.Labels, gallery.LabelSpan);
        }

        if (gallery.LabelNames is not null)
        {
            writer.Append<long>(SectionNames.LabelNumbers, gallery.LabelNames.Keys.ToArray());
            IndexTexts.Write(writer, SectionNames.LabelTexts, [.. gallery.LabelNames.Values]);
        }

        if (gallery.HasCameras)
        {
            writer.Append(SectionNames.Cameras, gallery.CameraSpan);
        }

        if (gallery.HasNames)
        {
            IndexTexts.Write(writer, SectionNames.Names, gallery.NameArray!);
        }
    }

    /// <summary>The method's own arrays, whose names must not be those of other sections.</summary>
    private sealed class StateSections(SectionWriter writer) : IStateWriter
    {
        public void Append<T>(string name, ReadOnlySpan<T> values)
            where T : unmanaged => writer.Append(SectionNames.OfState(name), values);
    }
}
