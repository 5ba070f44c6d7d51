using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Mat.Values;

/// <summary>Whole variables of MAT-files of level 5 and version 7.3 as plain objects: numbers, text, cells and structs, one within another.</summary>
internal static class MatValues
{
    /// <summary>Reads variables.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The variables that are needed; null for all there are. Others are passed over, whatever they hold.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Each variable: a <see cref="MatNumbers"/>, string, <see cref="MatCell"/> or <see cref="MatStruct"/>.</returns>
    /// <exception cref="GnnReRankException">The file is not usable, has no such variable, or holds in it what is not read.</exception>
    public static IReadOnlyDictionary<string, object> Load(string path, IReadOnlyCollection<string>? names, CancellationToken cancellation)
    {
        InputFile.Require(path, "a .mat file");
        try
        {
            using IMatVariables file = MatSignature.IsVersion73(path) ? new Mat73File(path, cancellation) : new Mat5File(path, cancellation);
            foreach (string name in names ?? [])
            {
                if (!file.Names.Contains(name))
                {
                    throw FormatErrors.ColumnNotFound(path, $"variable '{name}'", file.Names);
                }
            }

            Dictionary<string, object> values = (names ?? file.Names).ToDictionary(name => name, name => file.Value(name, cancellation));
            file.CheckRest(cancellation);
            return values;
        }
        // The zlib stream answers some damage with an IOException of its own, which is not public.
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(
                path, MatFile.Format, $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }
}
