namespace GnnReRank.Formats.Zip;

/// <summary>The ways members of zip archives are compressed that are read.</summary>
internal enum ZipMethod
{
    Stored = 0,
    Deflated = 8,
}
