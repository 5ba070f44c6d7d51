namespace GnnReRank.Tests.Running;

/// <summary>
/// Commands of bash that stand before a worker: $5 is the job's directory, $9 the stage, ${11} the element.
/// </summary>
internal static class Gates
{
    /// <summary>Kills the worker of the first element of a stage when it has done an item, once.</summary>
    public const string KillOnce = """
        if [ "$9" = score ] && [ "${11}" = 0 ] && [ ! -e "$5/killed" ]; then
            "$@" & worker=$!
            until ls "$5"/done/score-* > "$5/killed" 2>&1; do sleep 0.02; done
            kill -9 $worker
            exit 137
        fi
        """;

    /// <summary>Holds a stage until a file is there.</summary>
    public const string WaitForOpening = """
        if [ "$9" = score ]; then
            touch "$5/waits"
            until [ -e "$5/open" ]; do sleep 0.1; done
        fi
        """;

    /// <summary>Cuts a shard short before a stage reads it, or takes it away, and keeps a whole one.</summary>
    public const string DamageShard = """
        if [ "$9" = score ] && [ ! -e "$5/mended" ]; then
            if [ -e "$5/missing" ]; then
                rm -f "$5/shards/00002.npy"
            elif ln "$5/shards/00002.npy" "$5/kept.npy"; then
                head -c 1000 "$5/kept.npy" > "$5/cut-${11}" && mv "$5/cut-${11}" "$5/shards/00002.npy"
            else
                until [ "$(stat -c %s "$5/shards/00002.npy")" = 1000 ]; do sleep 0.02; done
            fi
        fi
        """;
}
