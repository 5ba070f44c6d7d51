namespace GnnReRank.Packing;

/// <summary>What made a ranking, in a pack.</summary>
internal static class SettingsPack
{
    // What stands in place of a method's name where that may be any text.
    private const string ImportedRun = "imported run";
    private const string MergedRankings = "merged rankings";

    public static void Write(PackWriter writer, RankingSettings settings)
    {
        writer.Text(settings switch
        {
            ImportedSettings => ImportedRun,
            MergedSettings => MergedRankings,
            _ => settings.Method,
        });
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
            case ImportedSettings imported:
                writer.Text(imported.Tag);
                writer.Text(imported.Source);
                break;
            case MergedSettings merged:
                writer.Value(merged.Fusion);
                writer.Optional(merged.RankConstant);
                writer.Text(merged.Merged);
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
            case ImportedRun:
                return new ImportedSettings(reader.RequiredText(), reader.RequiredText());
            case MergedRankings:
                return new MergedSettings
                {
                    Fusion = reader.Choice<RankingFusion>(),
                    RankConstant = reader.Optional<double>(),
                    Merged = reader.RequiredText(),
                };
            default:
                throw PackReader.Broken($"'{method}' is no method of this version");
        }
    }
}
