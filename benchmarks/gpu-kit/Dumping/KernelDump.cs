using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute.Gpu;

namespace GnnReRank.GpuKit.Dumping;

/// <summary>Every kernel's PTX and, with NVIDIA's tools, its machine code, in one archive, and a line a kernel. Needs no device.</summary>
internal static class KernelDump
{
    public const string ArchiveName = "kernels.zip";

    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    public static int Run(KitOptions options, KitReport report)
    {
        CudaTools tools = CudaTools.Find(options.CudaBin);
        string architecture = ArchitectureOf(options);
        string folder = Directory.CreateTempSubdirectory("gpu-kit-").FullName;
        bool hasFailed = false;
        try
        {
            foreach (MethodInfo kernel in EngineKernels.All)
            {
                KitLine line = LineOf(kernel, tools, architecture, folder);
                hasFailed |= line.Verdict == KitVerdict.Failed;
                report.Add(line);
            }

            string archive = Path.Combine(options.Out, ArchiveName);
            File.Delete(archive);
            ZipFile.CreateFromDirectory(folder, archive);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return hasFailed ? KitExit.Failed : KitExit.Passed;
    }

    private static KitLine LineOf(MethodInfo kernel, CudaTools tools, string architecture, string folder)
    {
        string name = EngineKernels.NameOf(kernel);
        string what = $"kernel {name}, {architecture}";
        string text = Path.Combine(folder, $"{name}.ptx");
        File.WriteAllText(text, KernelText.Compile(kernel).PTXAssembly);
        if (!tools.CanAssemble)
        {
            return new KitLine(0, what, KitVerdict.Skipped, Note: "There is no ptxas here: its PTX alone was written.");
        }

        string cubin = Path.ChangeExtension(text, "cubin");
        (bool done, string words) = tools.Assemble(text, cubin, architecture);
        File.WriteAllText(Path.ChangeExtension(text, "txt"), words);
        if (!done)
        {
            return new KitLine(0, what, KitVerdict.Failed, Note: words);
        }

        (int? registers, int? spilled) = SassCounts.OfAssembler(words);
        string note = string.Create(CultureInfo.InvariantCulture, $"{spilled ?? 0} bytes spilled");
        if (tools.CanDisassemble)
        {
            string sass = tools.Disassemble(cubin).Words;
            File.WriteAllText(Path.ChangeExtension(text, "sass"), sass);
            note += $"; {SassCounts.Of(sass)}";
        }

        bool isRight = spilled is null or 0 || KernelText.MaySpill(kernel);
        return new KitLine(0, what, isRight ? KitVerdict.Passed : KitVerdict.Failed, registers, "registers", Note: note);
    }

    private static string ArchitectureOf(KitOptions options)
    {
        if (options.Emulates || !CudaDriver.IsThere || CudaDriver.Init(0) != 0
            || CudaDriver.GetDeviceAttribute(out int major, CapabilityMajor, 0) != 0
            || CudaDriver.GetDeviceAttribute(out int minor, CapabilityMinor, 0) != 0)
        {
            return options.Architecture;
        }

        return string.Create(CultureInfo.InvariantCulture, $"sm_{major}{minor}");
    }
}
