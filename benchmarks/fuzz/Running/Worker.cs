using System.Diagnostics;
using System.Text;
using GnnReRank.Fuzz.Mutations;
using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Running;

/// <summary>Makes inputs one after the other, runs them and judges what came of them.</summary>
internal sealed class Worker
{
    private const int LookEvery = 64;
    private const int PeakEvery = 1024;
    private const int WriteEvery = 2000;
    private const int SavedEach = 3;
    private const int LargeFactor = 6;
    private const long AllocationBase = 64L << 20;
    private const long AllocationFactor = 200;

    private readonly FuzzOptions _options;
    private readonly Workplace _place;
    private readonly Session _session;
    private readonly Watch _watch;
    private readonly Leftovers _leftovers;
    private readonly Mutator _mutator = new();
    private readonly Tally _tally = new();
    private readonly ILookup<string, Seed> _small;
    private readonly Seed[] _large;
    private readonly string[] _formats;

    private Worker(FuzzOptions options, Workplace place, Session session)
    {
        (_options, _place, _session) = (options, place, session);
        Seed[] seeds = SeedSource.All(session, place, options.Format);
        _small = seeds.Where(seed => !seed.IsLarge).ToLookup(seed => seed.Format);
        _formats = [.. _small.Select(group => group.Key)];
        _large = [.. seeds.Where(seed => seed.IsLarge)];
        _watch = new Watch(session.Shell);
        _leftovers = new Leftovers(place.Root, place.Temporary);
        Console.WriteLine($"{seeds.Length} seeds ({_large.Length} large), {seeds.Sum(seed => seed.Calls.Count)} calls, formats: {string.Join(' ', _formats)}.");
    }

    public static int Run(FuzzOptions options)
    {
        using Workplace place = new();
        using Session session = new(options.Module, place.Root);
        return new Worker(options, place, session).Loop();
    }

    /// <summary>Judges saved inputs once more: what was a finding may be mended.</summary>
    public static int Replay(FuzzOptions options)
    {
        using Workplace place = new();
        using Session session = new(options.Module, place.Root);
        Worker worker = new(options, place, session);
        Dictionary<string, Seed> seeds = worker._small.SelectMany(group => group).Concat(worker._large).DistinctBy(seed => seed.Name).ToDictionary(seed => seed.Name);
        foreach (string folder in Directory.EnumerateDirectories(options.Replay!).Order(StringComparer.Ordinal))
        {
            string[] lines = File.ReadAllLines(Path.Combine(folder, "finding.txt"));
            Seed? seed = seeds.GetValueOrDefault(lines[1]);
            int call = seed?.Calls.Select(each => each.Text).ToList().IndexOf(lines[2]) ?? -1;
            if (call < 0)
            {
                Console.WriteLine($"{Path.GetFileName(folder)}: its seed or call is no longer tried ({lines[1]}, {lines[2]})");
                continue;
            }

            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, seed!.File));
            bool isRepaired = lines[^1] == Tally.Repaired;
            (string outcome, List<(string Kind, string Text)> findings) = worker.Judged(new Input(0, seed, call, place.Put(seed, bytes), bytes), isRepaired) ?? ("slow", []);
            Console.WriteLine($"{Path.GetFileName(folder)}: {lines[0]} of {lines[1]}: {outcome}{string.Concat(findings.Select(finding => $" | FINDING {finding.Kind}: {finding.Text.Split('\n')[0]}"))}");
        }

        return 0;
    }

    private int Loop()
    {
        using FileStream at = new(_options.Child! + ".at", FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Stopwatch clock = Stopwatch.StartNew();
        for (long number = _options.First; number < _options.First + _options.Count && clock.Elapsed.TotalMinutes < _options.Minutes; number++)
        {
            One(number, at);
            if (number % LookEvery == 0)
            {
                Look(number);
            }

            if (number % WriteEvery == 0)
            {
                _tally.Write(_options.Child!);
            }
        }

        Look(_options.First + _options.Count);
        _tally.Write(_options.Child!);
        return 0;
    }

    private void One(long number, FileStream at)
    {
        Random dice = new(Mixed(_options.Seed, (ulong)number));
        Seed seed = Pick(number, dice);
        int call = dice.Next(seed.Calls.Count);
        (byte[] bytes, bool isRepaired) = _mutator.Change(seed, dice);
        string path = _place.Put(seed, bytes);
        Input input = new(number, seed, call, path, bytes);
        RandomAccess.Write(at.SafeFileHandle, Encoding.UTF8.GetBytes($"{number}\t{path}\t{seed.Format}\t{seed.Name}\t{seed.Calls[call].Text}".PadRight(600)), 0);
        if (Judged(input, isRepaired) is not (string outcome, List<(string Kind, string Text)> findings))
        {
            return;
        }

        _tally.Count(seed.Format, outcome);
        foreach ((string kind, string text) in findings)
        {
            Report(input, kind, text);
        }
    }

    /// <summary>Runs an input and says what came of it; nothing where it was slow, which is told.</summary>
    private (string Outcome, List<(string Kind, string Text)> Findings)? Judged(Input input, bool isRepaired)
    {
        (_, Seed seed, int call, _, byte[] bytes) = input;
        TimeSpan limit = TimeSpan.FromSeconds(_options.Limit * (seed.IsLarge ? LargeFactor : 1));
        long before = GC.GetTotalAllocatedBytes();
        (Answer answer, TimeSpan? stop) = Timed(input, limit);
        if (stop is not null)
        {
            // Another program may have held the machine: only what is slow twice is slow.
            (answer, stop) = Timed(input, limit);
            if (stop is TimeSpan ending)
            {
                Slow(input, ending);
                return null;
            }
        }

        Fingerprint? found = answer.Errors.Count == 0 ? Fingerprint.Of(answer.Output, seed.Written) : null;
        long allocated = GC.GetTotalAllocatedBytes() - before;
        (string outcome, List<(string Kind, string Text)> findings) = Judge.Of(seed, call, answer, found, isRepaired);
        if (allocated > AllocationBase + AllocationFactor * Math.Max(bytes.Length, seed.Bytes.Length))
        {
            findings.Add(("allocations", $"{allocated >> 20} MB for {bytes.Length:N0} bytes, {outcome}"));
        }

        if (Leftovers.FileBeside(seed, _place.FolderOf(seed)) is string left)
        {
            findings.Add(("a file left", left));
            File.Delete(Path.Combine(_place.FolderOf(seed), left));
        }

        return (outcome, findings);
    }

    private (Answer Answer, TimeSpan? Stop) Timed(Input input, TimeSpan limit)
    {
        _watch.Begin(limit);
        Answer answer = _session.Run(shell => input.Seed.Calls[input.Call].Add(shell, input.Path));
        _watch.End();
        return (answer, _watch.StopTime);
    }

    private void Slow(Input input, TimeSpan stop)
    {
        _tally.Count(input.Seed.Format, "stopped");
        Thread.Sleep(1000);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Thread.Sleep(500);
        double busy = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
        Report(input, "slow", $"not done after {_options.Limit} s; stopped in {stop.TotalMilliseconds:N0} ms; {busy:N0} ms of processor time in the half second one second after");
        if (busy > 250)
        {
            Report(input, "still working after it was stopped", $"{busy:N0} ms of processor time in half a second");
        }
    }

    private void Look(long number)
    {
        if (_leftovers.TemporaryFile() is string file)
        {
            Say("a temporary file left", $"{file}, at the latest by input {number}");
            File.Delete(file);
        }

        _session.Forget();
        if (_leftovers.OpenFile() is string open)
        {
            Say("a file left open", $"{open}, at the latest by input {number}");
        }

        if (number % PeakEvery == 0 && Leftovers.Peak() is string peak)
        {
            Say("memory of the process", $"{peak}, at the latest by input {number}");
        }
    }

    private void Say(string kind, string text)
    {
        if (_tally.CountFinding(kind) <= SavedEach)
        {
            Console.WriteLine($"FINDING {kind}: {text}");
        }
    }

    private void Report(Input input, string kind, string text)
    {
        string whole = $"{input.Seed.Format}: {kind}";
        if (_tally.CountFinding(whole) > SavedEach)
        {
            return;
        }

        string folder = Directory.CreateDirectory(Path.Combine(_options.Save, $"{_options.Seed}-{input.Number}")).FullName;
        string saved = Path.Combine(folder, input.Seed.File);
        File.WriteAllBytes(saved, input.Bytes);
        File.WriteAllText(Path.Combine(folder, "finding.txt"), $"{whole}\n{input.Seed.Name}\n{input.Seed.Calls[input.Call].Text}\n{text}\n");
        Console.WriteLine($"FINDING {whole} | input {input.Number} of {input.Seed.Name} | {input.Seed.Calls[input.Call].Text} | {saved} | {text.Split('\n')[0]}");
    }

    private Seed Pick(long number, Random dice)
    {
        if (_options.Large > 0 && _large.Length > 0 && (_formats.Length == 0 || number % _options.Large == _options.Large - 1))
        {
            return _large[dice.Next(_large.Length)];
        }

        IEnumerable<Seed> group = _small[_formats[dice.Next(_formats.Length)]];
        return group.ElementAt(dice.Next(group.Count()));
    }

    // SplitMix64's mixing: neighbouring numbers give unrelated dice.
    private static int Mixed(ulong seed, ulong number)
    {
        ulong value = (seed * 0x9E3779B97F4A7C15) ^ (number + 0xD1B54A32D192ED03);
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (int)(value >> 33);
    }

    private sealed record Input(long Number, Seed Seed, int Call, string Path, byte[] Bytes);
}
