using System.Diagnostics;

namespace GnnReRank.GpuKit.Dumping;

/// <summary>NVIDIA's assembler and disassembler, where they are.</summary>
/// <param name="ptxas">The assembler; null where it is missing.</param>
/// <param name="cuobjdump">The disassembler; null where it is missing.</param>
internal sealed class CudaTools(string? ptxas, string? cuobjdump)
{
    private static readonly string[] s_usual = ["/usr/local/cuda/bin", "/opt/cuda/bin"];

    public bool CanAssemble => ptxas is not null;

    public bool CanDisassemble => cuobjdump is not null;

    /// <summary>Looks in a folder, then on the PATH and in the usual places.</summary>
    public static CudaTools Find(string? folder)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        string[] places = [folder ?? string.Empty, .. path.Split(Path.PathSeparator), .. s_usual];
        return new CudaTools(First("ptxas"), First("cuobjdump"));

        string? First(string name) => places
            .Where(place => place.Length > 0)
            .Select(place => Path.Combine(place, OperatingSystem.IsWindows() ? $"{name}.exe" : name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Assembles a text; returns what the assembler told, and whether it did.</summary>
    public (bool Done, string Words) Assemble(string text, string cubin, string architecture) =>
        Run(ptxas!, $"-arch={architecture}", "-v", text, "-o", cubin);

    /// <summary>The machine code of what was assembled.</summary>
    public (bool Done, string Words) Disassemble(string cubin) => Run(cuobjdump!, "-sass", cubin);

    private static (bool Done, string Words) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, output + errors.Result);
    }
}
