using System.Globalization;

namespace GnnReRank.Packing;

/// <summary>What made a ranking, in a pack.</summary>
internal static class SettingsPack
{
    // Before the settings, where queries stood alone or lists were not exact; packs of older versions do not have it.
    private const string WithProvenance = "with its query mode and approximation";

    // What stands in place of a method's name where that may be any text.
    private const string ImportedRun = "imported run";
    private const string MergedRankings = "merged rankings";

    // GNN with its aggregator at the end, which packs of the sum, and those of older versions, do not have.
    private const string AggregatedGnn = "GNN with an aggregator";

    public static void Write(PackWriter writer, RankingSettings settings)
    {
        if (settings.QueryMode != QueryMode.Batch || settings.Approximation is not null)
        {
            writer.Text(WithProvenance);
            writer.Value(settings.QueryMode);
            ApproximationPack.Write(writer, settings.Approximation);
        }

        writer.Text(settings switch
        {
            ImportedSettings => ImportedRun,
            MergedSettings => MergedRankings,
            GnnReRankSettings { Aggregator: not GnnAggregator.Sum } => AggregatedGnn,
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
                writer.Text(gnn.Choice);
                writer.Value(gnn.CenterCamera);
                if (gnn.Aggregator != GnnAggregator.Sum)
                {
                    writer.Value(gnn.Aggregator);
                }

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
            case MethodSettings method:
                WriteParameters(writer, method);
                break;
            default:
                throw new NotSupportedException($"Settings of type {settings.GetType()} have no form in a pack.");
        }
    }

    public static RankingSettings Read(PackReader reader)
    {
        string method = reader.RequiredText();
        if (method != WithProvenance)
        {
            return Read(reader, method);
        }

        QueryMode mode = reader.Choice<QueryMode>();
        GraphApproximation? approximation = ApproximationPack.Read(reader);
        return Read(reader, reader.RequiredText()) with { QueryMode = mode, Approximation = approximation };
    }

    private static RankingSettings Read(PackReader reader, string method)
    {
        switch (method)
        {
            case "GNN" or AggregatedGnn:
                GnnReRankSettings settings = new()
                {
                    K1 = reader.Value<int>(),
                    K2 = reader.Value<int>(),
                    Layers = reader.Value<int>(),
                    Alpha = reader.Value<double>(),
                    Lambda = reader.Optional<double>(),
                    Variant = reader.Choice<GnnVariant>(),
                    Choice = reader.Text(),
                    CenterCamera = reader.Flag(),
                };
                settings =
                    method == AggregatedGnn ? settings with { Aggregator = reader.Choice<GnnAggregator>() } : settings;
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
                return ReadParameters(
                    reader, ReRankMethods.All.FirstOrDefault(info => info.Defaults.Method == method)?.Defaults ??
                    throw PackReader.Broken($"'{method}' is no method of this version"));
        }
    }

    /// <summary>Each parameter by name, its value as text: a method may gain parameters, and they may change their order.</summary>
    private static void WriteParameters(PackWriter writer, MethodSettings settings)
    {
        writer.Value(settings.CenterCamera);
        writer.Value(settings.Parameters.Count);
        foreach (MethodParameter parameter in settings.Parameters)
        {
            writer.Text(parameter.Name);
            writer.Text(Convert.ToString(parameter.ValueIn(settings), CultureInfo.InvariantCulture));
        }
    }

    private static MethodSettings ReadParameters(PackReader reader, MethodSettings settings)
    {
        settings = settings with { CenterCamera = reader.Flag() };
        for (int left = reader.Value<int>(); left > 0; left--)
        {
            string name = reader.RequiredText();
            string text = reader.Text() ?? string.Empty;
            MethodParameter parameter = settings.Parameters.FirstOrDefault(known => known.Name == name)
                ?? throw PackReader.Broken($"'{name}' is no parameter of {settings.Method}");
            settings = parameter.With(settings, ValueOf(parameter, text));
        }

        settings.Validate();
        return settings;
    }

    private static object? ValueOf(MethodParameter parameter, string text)
    {
        bool isValid = true;
        object? value = text.Length == 0 ? null
            : parameter.Type == typeof(bool) ? (isValid = bool.TryParse(text, out bool flag)) && flag
            : parameter.Type == typeof(int) ? (isValid = int.TryParse(text, CultureInfo.InvariantCulture, out int count)) ? count : 0
            : parameter.Type == typeof(double) ? (isValid = double.TryParse(text, CultureInfo.InvariantCulture, out double number)) ? number : 0
            : (isValid = Enum.TryParse(parameter.Type, text, out object? choice)) ? choice : null;
        return isValid ? value : throw PackReader.Broken($"'{text}' is no value of {parameter.Name}");
    }
}
