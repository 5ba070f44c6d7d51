using GnnReRank.Packing;

namespace GnnReRank;

/// <summary>
/// A matrix, transform, graph, ranking, result or comparison as bytes, and back: for jobs, other sessions and anything
/// else that carries plain data
/// alone. Nothing is lost but where values lay: those of a file come back in memory. What is read is checked as what is made.
/// </summary>
public static class ResultPack
{
    /// <summary>The most bytes that are packed: what PowerShell carries in one object, with room for its text form.</summary>
    public const int MostBytes = 128 << 20;

    /// <summary>
    /// Packs a <see cref="FeatureMatrix"/>, <see cref="FeatureTransform"/>, <see cref="NeighborGraph"/>,
    /// <see cref="Ranking"/>, <see cref="RetrievalAccuracy"/> or <see cref="RetrievalComparison"/>.
    /// </summary>
    /// <param name="result">The object.</param>
    /// <exception cref="GnnReRankException">It is of another type, or holds more than <see cref="MostBytes"/>.</exception>
    public static byte[] Pack(object result)
    {
        ArgumentNullException.ThrowIfNull(result);
        PackWriter writer = new(result.GetType().Name, MostBytes);
        switch (result)
        {
            case FeatureMatrix matrix:
                writer.Kind(PackKind.FeatureMatrix);
                MatrixPack.Write(writer, matrix);
                break;
            case FeatureTransform transform:
                writer.Kind(PackKind.FeatureTransform);
                TransformPack.Write(writer, transform);
                break;
            case NeighborGraph graph:
                writer.Kind(PackKind.NeighborGraph);
                GraphPack.Write(writer, graph);
                break;
            case Ranking ranking:
                writer.Kind(PackKind.Ranking);
                RankingPack.Write(writer, ranking);
                break;
            case RetrievalAccuracy accuracy:
                writer.Kind(PackKind.RetrievalAccuracy);
                AccuracyPack.Write(writer, accuracy);
                break;
            case RetrievalComparison comparison:
                writer.Kind(PackKind.RetrievalComparison);
                ComparisonPack.Write(writer, comparison);
                break;
            default:
                throw new GnnReRankException(
                    "NotPackable", ErrorKind.NotSupported,
                    $"A {result.GetType().Name} cannot be packed: feature matrices, transforms, graphs, rankings, " +
                        "results and comparisons can.");
        }

        return writer.ToArray();
    }

    /// <summary>Makes the object that was packed.</summary>
    /// <param name="bytes">What <see cref="Pack"/> gave.</param>
    /// <exception cref="GnnReRankException">The bytes are none of it, were cut or changed, or say what no such object can be.</exception>
    public static object Unpack(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        PackReader reader = new(bytes);
        object result = reader.Kind() switch
        {
            PackKind.FeatureMatrix => MatrixPack.Read(reader),
            PackKind.FeatureTransform => TransformPack.Read(reader),
            PackKind.NeighborGraph => GraphPack.Read(reader),
            PackKind.Ranking => RankingPack.Read(reader),
            PackKind.RetrievalAccuracy => AccuracyPack.Read(reader),
            PackKind.RetrievalComparison => ComparisonPack.Read(reader),
            PackKind other => throw PackReader.Broken($"its kind is {(int)other}"),
        };
        reader.RequireEnd();
        return result;
    }
}
