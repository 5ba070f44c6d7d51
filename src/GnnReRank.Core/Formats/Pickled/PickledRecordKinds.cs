namespace GnnReRank.Formats.Pickled;

/// <summary>What a list of records may hold besides one record a row.</summary>
[Flags]
internal enum PickledRecordKinds
{
    None = 0,

    /// <summary>Batches of rows.</summary>
    Batches = 1,

    /// <summary>Anything: that items are unlike is no error.</summary>
    Unlike = 2,
}
