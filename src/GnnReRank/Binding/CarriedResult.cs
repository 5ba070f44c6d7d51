using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>
/// Results that were carried as plain data, by a job, another session or Export-Clixml. Where their pack came along they are made again;
/// what is left of the others is a bag of figures, and whoever gives one to a command is told so.
/// </summary>
internal static class CarriedResult
{
    /// <summary>The property that holds the pack, or the reason why there is none (GnnReRank.Types.ps1xml).</summary>
    public const string PackProperty = "Pack";

    private const string Prefix = "Deserialized.GnnReRank.";

    /// <summary>The type's name of something carried, without its namespace; null of anything else.</summary>
    public static string? NameOf(object? value) =>
        value is PSObject { BaseObject: PSCustomObject } carried && carried.TypeNames.FirstOrDefault() is string name && name.StartsWith(Prefix, StringComparison.Ordinal)
            ? name[Prefix.Length..].Split('#')[0]
            : null;

    /// <summary>The object that was carried; anything else as it is.</summary>
    /// <exception cref="GnnReRankException">Not all of it came along, or it is broken.</exception>
    public static object? Restored(object? value)
    {
        if (NameOf(value) is not string name)
        {
            return value;
        }

        PSMemberInfoCollection<PSPropertyInfo> properties = ((PSObject)value!).Properties;
        if (name is nameof(ReRankClusterJob) or nameof(ClusterJobStatus))
        {
            // All that a cluster job is lies in its directory.
            return ReRankClusterJob.Open(properties[nameof(ReRankClusterJob.Path)]?.Value as string ?? string.Empty);
        }

        object? pack = FeatureValues.Unwrap(properties[PackProperty]?.Value);
        object? result = pack is byte[] bytes ? ResultPack.Unpack(bytes) : null;
        return result?.GetType().Name == name ? result : throw Errors.NotCarried(name, pack as string);
    }

    /// <summary>As <see cref="Restored"/>, for an argument.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">Not all of it came along, or it is broken.</exception>
    public static object? Argument(object? value)
    {
        try
        {
            return Restored(value);
        }
        catch (GnnReRankException refused)
        {
            throw new ArgumentTransformationMetadataException(refused.Message, refused);
        }
    }
}
