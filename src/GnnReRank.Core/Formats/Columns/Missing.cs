namespace GnnReRank.Formats.Columns;

/// <summary>What stands for a feature that is missing, until the row is dropped with those that hold NaN.</summary>
internal static class Missing
{
    public static T Value<T>()
        where T : unmanaged => typeof(T) == typeof(Half) ? (T)(object)Half.NaN : (T)(object)float.NaN;
}
