using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Writes feature matrices to a file.</summary>
/// <remarks>
/// <para>
/// Writes Parquet, Arrow (.arrow, .feather, .ipc), NumPy (.npy, .npz), safetensors, .fvecs, and CSV or TSV files, compressed with gzip where the name ends in .csv.gz or
/// .tsv.gz; the ending of the file name says which, unless -Format does. A query and a gallery from the pipeline go into one .npz or
/// .safetensors file, from which Import-FeatureMatrix -Set reads them back; other formats hold one matrix.
/// </para>
/// <para>
/// NumPy, safetensors and Arrow files keep float16 where the matrix has it; the other formats get the same values as float32 or text. Files in .npy,
/// .npz and .safetensors can be read back with -MemoryMapped. Names of images, which no tensor holds, are a JSON list in the metadata of a
/// .safetensors file.
/// </para>
/// <para>
/// The file is written beside its place and renamed, so a failure leaves what was there. A file that is there already is
/// replaced only with -Force.
/// </para>
/// </remarks>
/// <example>
/// <title>Both sets into one file</title>
/// <code>Import-FeatureMatrix -Example | Export-FeatureMatrix converted.npz -Force</code>
/// <para>Writes both sets, with their labels, into one file.</para>
/// </example>
/// <example>
/// <title>A safetensors file for PyTorch</title>
/// <code>Import-FeatureMatrix -Example | Export-FeatureMatrix market.safetensors -Force
/// Import-FeatureMatrix market.safetensors -Set Query, Gallery -MemoryMapped</code>
/// <para>Writes the tensors query_f, query_label, gallery_f, ..., and reads both sets back without loading them.</para>
/// </example>
/// <example>
/// <title>A Parquet file for each set</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $query | Export-FeatureMatrix market-query.parquet -Force
/// $gallery | Export-FeatureMatrix market-gallery.parquet -Force -PassThru</code>
/// <para>Writes each matrix to its own file, and gives the second file as an object.</para>
/// </example>
/// <example>
/// <title>See what would be written</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | Export-FeatureMatrix features.csv -WhatIf</code>
/// <para>Says what would happen, and writes nothing.</para>
/// </example>
[Cmdlet(VerbsData.Export, "FeatureMatrix", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFeatureMatrixCommand : ExportCommand
{
    private readonly List<FeatureMatrix> _matrices = [];

    /// <summary>The matrix to write. Several, in a list or through the pipeline, go into one file, where its format holds several.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [MatrixNeeded]
    [ArgumentCompleter(typeof(MatrixCompleter))]
    public FeatureMatrix[] InputObject { get; set; } = [];

    /// <summary>The format, where the ending of the file name does not say it.</summary>
    [Parameter]
    [PSDefaultValue(Help = "what the ending of the path says")]
    [ValidateSet(
        nameof(FeatureFormat.Parquet), nameof(FeatureFormat.Arrow), nameof(FeatureFormat.Npy), nameof(FeatureFormat.Npz), nameof(FeatureFormat.Csv),
        nameof(FeatureFormat.Tsv), nameof(FeatureFormat.Safetensors), nameof(FeatureFormat.Fvecs))]
    public FeatureFormat? Format { get; set; }

    private protected override void Process() => _matrices.AddRange(InputObject);

    private protected override void End()
    {
        string path = SessionPaths.Literal(this, Path);
        if (FeaturesAlone(path) is string ending && _matrices.Exists(matrix => matrix.HasLabels || matrix.HasCameras || matrix.HasNames))
        {
            WriteWarning($"'{path}': a {ending} file holds features alone; labels, cameras and names are left out. A .npz, .safetensors or Parquet file keeps them.");
        }

        Export(string.Join(" and ", _matrices), [path], compute =>
            FeatureFile.Write(path, _matrices, new FeatureWriteOptions { Format = Format, Overwrite = Force, Compute = compute }));
    }

    // The ending of a format that has no place for labels, cameras and names.
    private string? FeaturesAlone(string path) => Format switch
    {
        null => new[] { ".npy", ".fvecs" }.FirstOrDefault(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)),
        FeatureFormat.Npy => ".npy",
        FeatureFormat.Fvecs => ".fvecs",
        _ => null,
    };
}
