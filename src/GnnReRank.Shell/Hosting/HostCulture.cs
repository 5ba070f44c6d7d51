using System.Globalization;

namespace GnnReRank.Shell.Hosting;

/// <summary>
/// en-US, without the ICU library. The engine breaks lines between words only for languages that it knows by their two
/// letters, and a program without ICU has none to show for any culture.
/// </summary>
internal sealed class HostCulture() : CultureInfo("en-US")
{
    public override string TwoLetterISOLanguageName => "en";

    /// <summary>For every thread of the program, those of the engine too.</summary>
    public static void Use()
    {
        HostCulture culture = new();
        CurrentCulture = culture;
        CurrentUICulture = culture;
        DefaultThreadCurrentCulture = culture;
        DefaultThreadCurrentUICulture = culture;
    }
}
