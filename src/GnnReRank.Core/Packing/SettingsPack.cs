namespace GnnReRank.Packing;

/// <summary>What made a ranking, in a pack.</summary>
internal static class SettingsPack
{
    public static void Write(PackWriter writer, RankingSettings settings)
    {
        writer.Text(settings.Method);
        switch (settings)
        {
            case GnnReRankSettings gnn:
                writer.Value(gnn.K1);
                writer.Value(gnn.K2);
                writer.Value(gnn.Layers);
                writer.Value(gnn.Alpha);
                writer.Optional(gnn.Lambda);
                writer.Value(gnn.Variant);
                break;
            case CosineSettings:
                break;
            default:
                throw new NotSupportedException($"Settings of type {settings.GetType()} have no form in a pack.");
        }
    }

    public static RankingSettings Read(PackReader reader)
    {
        string method = reader.RequiredText();
        switch (method)
        {
            case "Cosine":
                return new CosineSettings();
            case "GNN":
                GnnReRankSettings settings = new()
                {
                    K1 = reader.Value<int>(),
                    K2 = reader.Value<int>(),
                    Layers = reader.Value<int>(),
                    Alpha = reader.Value<double>(),
                    Lambda = reader.Optional<double>(),
                    Variant = reader.Choice<GnnVariant>(),
                };
                settings.Validate();
                return settings;
            default:
                throw PackReader.Broken($"'{method}' is no method of this version");
        }
    }
}
