using GnnReRank.Compute.Cpu.Singles;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>A gallery to which rows come and from which they go, its lists searched for among the live rows.</summary>
internal sealed class ChangedGallery(int neighborCount)
{
    private readonly List<float[]> _rows = [];
    private readonly List<bool> _isLive = [];
    private int[] _lists = [];

    public int Count => _rows.Count;

    public IEnumerable<int> Live => Enumerable.Range(0, Count).Where(row => _isLive[row]);

    public GalleryLists Lists { get; private set; } = null!;

    /// <summary>The rows that are there.</summary>
    public FeatureMatrix LiveMatrix =>
        new([.. Live.SelectMany(row => _rows[row])], Live.Count(), _rows[0].Length);

    /// <summary>Changes rows, and tells whose lists are others than before.</summary>
    public int[] Change(IEnumerable<float[]> added, IEnumerable<int> removed)
    {
        foreach (float[] row in added)
        {
            _rows.Add(row);
            _isLive.Add(true);
        }

        foreach (int row in removed)
        {
            _isLive[row] = false;
        }

        return Relist();
    }

    private int[] Relist()
    {
        int[] live = [.. Live];
        NeighborGraph found = NeighborSearch.Build(null, LiveMatrix, Math.Min(neighborCount, live.Length));
        int[] lists = new int[Count * neighborCount];
        float[] scores = new float[lists.Length];
        Array.Fill(lists, -1);
        for (int row = 0; row < Count; row++)
        {
            lists[row * neighborCount] = row;
        }

        for (int at = 0; at < live.Length; at++)
        {
            for (int place = 0; place < found.NeighborCount; place++)
            {
                lists[(live[at] * neighborCount) + place] = live[found.GetNeighborSpan(at)[place]];
                scores[(live[at] * neighborCount) + place] = found.GetScoreSpan(at)[place];
            }
        }

        int[] before = _lists;
        _lists = lists;
        Lists = new GalleryLists(new NeighborGraph(lists, scores, Count, neighborCount), live.Length);
        return
        [
            .. Enumerable.Range(0, Count).Where(row =>
                row * neighborCount >= before.Length || !ListOf(lists, row).SequenceEqual(ListOf(before, row))),
        ];
    }

    private Span<int> ListOf(int[] lists, int row) => lists.AsSpan(row * neighborCount, neighborCount);
}
