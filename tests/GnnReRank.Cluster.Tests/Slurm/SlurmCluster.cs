using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace GnnReRank.Tests.Slurm;

/// <summary>
/// A Slurm of its own on this machine: munged, slurmctld and three slurmd, on ports of the loopback, with all files in
/// a temporary folder.
/// </summary>
internal sealed class SlurmCluster : IDisposable
{
    /// <summary>The node that is filled first, and that a test may kill.</summary>
    public const string MortalNode = "n3";

    private static readonly string[] s_programs =
        ["/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/bin/sbatch"];

    private static readonly string[] s_nodes = ["n1", "n2", MortalNode];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Process> _daemons = [];

    /// <summary>Starts it, and waits until its nodes are there.</summary>
    public SlurmCluster()
    {
        Array.ForEach(["state", "spool", "run", "log"], name => Directory.CreateDirectory(_folder[name]));
        string key = _folder["munge.key"];
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(Configuration, ConfigurationText());
        File.WriteAllText(_folder["cgroup.conf"], "CgroupPlugin=cgroup/v1\n");
        Environment.SetEnvironmentVariable("SLURM_CONF", Configuration);
        Run("munged", s_programs[0], "--foreground", $"--key-file={key}", $"--socket={Socket}",
            $"--pid-file={_folder["run", "munged.pid"]}", $"--log-file={_folder["log", "munged.log"]}",
            $"--seed-file={_folder["run", "munged.seed"]}", "--num-threads=1", "--force");
        Until(() => File.Exists(Socket), "munged's socket");
        StartController();
        Array.ForEach(s_nodes, node => Run(node, s_programs[2], "-D", "-N", node, "-f", Configuration));
        Until(IsReady, "nodes");
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing =>
        !OperatingSystem.IsLinux() ? "Slurm runs on Linux alone."
        : Array.Find(s_programs, program => !File.Exists(program)) is string missing
            ? $"{missing} is missing: install slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins and munge."
        : Environment.UserName != "root" ? "Slurm's nodes are started by root alone."
        : null;

    private string Configuration => _folder["slurm.conf"];

    private string Socket => _folder["run", "munged.socket"];

    /// <summary>Polls until something holds.</summary>
    public static void Until(Func<bool> holds, string what)
    {
        long started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < 300, $"{what}: waited for in vain.");
            Thread.Sleep(100);
        }
    }

    public void StartController() => Run("slurmctld", s_programs[1], "-D", "-f", Configuration);

    /// <summary>Ends the controller as an administrator does.</summary>
    public void StopController()
    {
        Process controller = _daemons["slurmctld"];
        Ask("kill", "-TERM", controller.Id.ToString(CultureInfo.InvariantCulture));
        controller.WaitForExit();
    }

    /// <summary>Kills a node, and what runs on it.</summary>
    public void KillNode(string node) => _daemons[node].Kill(entireProcessTree: false);

    public void Dispose()
    {
        foreach (Process daemon in _daemons.Values.Reverse())
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }

        _folder.Dispose();
    }

    private static bool IsReady() =>
        Ask("sinfo", "-h", "-N", "-o", "%T").Split('\n').Count(state => state == "idle") == s_nodes.Length;

    private static string Ask(string program, params string[] words)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardError.ReadToEndAsync();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return answer;
    }

    private void Run(string name, string program, params string[] words)
    {
        Process process = new()
        {
            StartInfo = new ProcessStartInfo(program, words)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons[name] = process;
    }

    private string ConfigurationText()
    {
        string host = Dns.GetHostName().Split('.')[0];
        int[] ports = FreePorts(1 + s_nodes.Length);
        IEnumerable<string> nodes = s_nodes.Select((node, i) =>
            $"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[i + 1]} CPUs=16 RealMemory=1000000 " +
            $"Weight={(node == MortalNode ? 1 : 10)} State=UNKNOWN");
        return $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmUser=root
            AuthType=auth/munge
            CredType=cred/munge
            # The second is how long a task waits after it was requeued, and a second more; less is not taken.
            AuthInfo=socket={Socket},cred_expire=5
            SlurmctldPidFile={_folder["run", "slurmctld.pid"]}
            SlurmdPidFile={_folder["run", "%n.pid"]}
            SlurmdSpoolDir={_folder["spool", "%n"]}
            StateSaveLocation={_folder["state"]}
            SlurmctldLogFile={_folder["log", "slurmctld.log"]}
            SlurmdLogFile={_folder["log", "%n.log"]}
            SlurmdParameters=config_overrides
            SlurmdTimeout=5
            MessageTimeout=5
            KillWait=1
            JobRequeue=1
            ReturnToService=2
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SwitchType=switch/none
            MpiDefault=none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            JobCompType=jobcomp/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0,batch_sched_delay=0
            {string.Join('\n', nodes)}
            PartitionName=main Nodes={string.Join(',', s_nodes)} Default=YES MaxTime=INFINITE State=UP

            """;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }
}
