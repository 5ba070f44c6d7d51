using System.ComponentModel;
using System.Management.Automation;

namespace GnnReRank.Binding;

/// <summary>
/// Carries results through jobs, other sessions and Export-Clixml, as GnnReRank.Types.ps1xml tells PowerShell. It converts to itself too:
/// PowerShell reads that file before it can find the engine's types, so they cannot be named there as what an object turns into.
/// </summary>
[TypeConverter(typeof(ResultConverter))]
public sealed class ResultConverter : PSTypeConverter
{
    /// <summary>The bytes of a result, or the reason why it cannot be carried.</summary>
    /// <param name="result">The result, as PowerShell wraps it.</param>
    public static object GetPack(PSObject result)
    {
        ArgumentNullException.ThrowIfNull(result);
        try
        {
            return ResultPack.Pack(result.BaseObject);
        }
        catch (Exception refused) when (Errors.IsExpected(refused))
        {
            return refused.Message;
        }
    }

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) =>
        CarriedResult.NameOf(sourceValue) is string name && (destinationType == typeof(ResultConverter) || destinationType?.Name == name);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        try
        {
            object result = CarriedResult.Restored(sourceValue)!;
            return result is RetrievalAccuracy accuracy && destinationType == typeof(ResultConverter) ? AccuracyViews.Shown(accuracy) : result;
        }
        catch (GnnReRankException refused)
        {
            // The kind that leaves the figures as they came, where an object is read.
            throw new PSInvalidCastException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();
}
