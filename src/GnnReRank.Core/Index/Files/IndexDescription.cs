using GnnReRank.Packing;

namespace GnnReRank.Indexing.Files;

/// <summary>What is said of an index as a whole.</summary>
/// <param name="Settings">The method and its parameters, decided; how near its lists come is with them.</param>
/// <param name="Role">The part that the gallery plays.</param>
/// <param name="Source">Where the gallery came from, or null.</param>
/// <param name="GraphSource">Where its lists came from, or null.</param>
internal sealed record IndexDescription(MethodSettings Settings, FeatureRole Role, string? Source, string? GraphSource)
{
    public byte[] ToBytes()
    {
        PackWriter writer = new("description of an index", Array.MaxLength);
        SettingsPack.Write(writer, Settings);
        writer.Value(Role);
        writer.Text(Source);
        writer.Text(GraphSource);
        return writer.ToArray();
    }

    /// <summary>Reads what may be anything.</summary>
    /// <exception cref="GnnReRankException">It is no description of an index.</exception>
    public static IndexDescription Read(byte[] bytes)
    {
        PackReader reader = new(bytes);
        RankingSettings settings = SettingsPack.Read(reader);
        if (settings is not MethodSettings { QueryMode: QueryMode.Independent } method)
        {
            throw PackReader.Broken($"'{settings}' ranks no queries one by one");
        }

        IndexDescription description = new(method, reader.Choice<FeatureRole>(), reader.Text(), reader.Text());
        reader.RequireEnd();
        return description;
    }
}
