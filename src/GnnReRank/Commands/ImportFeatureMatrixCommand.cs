using System.Management.Automation;
using GnnReRank.Abstractions;
using GnnReRank.Binding;

namespace GnnReRank.Commands;

/// <summary>Reads image features, with labels, cameras and names where there are any, from files.</summary>
/// <remarks>
/// <para>
/// Reads Parquet, NumPy (.npy, .npz), MATLAB (.mat, v5 and v7.3), HDF5 (.h5, .hdf5), safetensors, vectors of TEXMEX and faiss (.fvecs,
/// .bvecs, .ivecs), and CSV and TSV files, compressed with gzip too (.csv.gz, .tsv.gz). The ending of the file name says the format unless
/// -Format does. Columns with features, labels, cameras and names are found by their usual names, or named by parameters.
/// </para>
/// <para>
/// The path of a folder reads all its .npy files, at any depth, as one matrix: each file holds the vector of one image, and its path within
/// the folder, without .npy, is the image's name. Other files in the folder are left out with a warning.
/// </para>
/// <para>
/// Datasets in groups of an HDF5 file are named by their paths (run1/features), or by the last part of them where it leaves no choice.
/// Labels, cameras and names are looked for beside the features first. -Set finds groups named query and gallery, too, and in files of
/// ann-benchmarks test and train. A dataset for each image, or a group with one for each, makes one matrix of named rows, as hloc's
/// db/1.jpg/global_descriptor does.
/// </para>
/// <para>
/// Reads Python pickles (.pkl, .pickle) and files of torch.save (.pt, .pth, .bin) too: a dict of arrays, one array or tensor, a list of
/// vectors, a dict from names to vectors, or a tuple (features, labels, cameras). Nothing in a pickle is ever executed: it is read as
/// data, and a file that asks for anything but plain data, NumPy arrays and PyTorch tensors is refused, with the name it asked for.
/// </para>
/// <para>
/// Reads Apache Arrow files and streams (.arrow, .feather, .ipc, .arrows; Feather version 2), also compressed with LZ4 or Zstandard.
/// </para>
/// <para>
/// A file that holds a query and a gallery set, as layumi's pytorch_result.mat does (query_f, query_label, query_cam, gallery_f, ...),
/// gives both with -Set Query, Gallery. Every matrix knows its role, so the commands that follow in a pipeline need no more.
/// </para>
/// <para>
/// -Label, -Camera, -Name and -Index take the rows that pass all of them, -Exclude the others; -First and -Random take so many of those,
/// and -Columns takes some dimensions. All this is done while the file is read, so what is left out takes no memory, and -First stops
/// the reading. Of a file with several sets, each set is filtered on its own. With -MemoryMapped, -First can be taken and nothing else.
/// </para>
/// <para>
/// A file that cannot be used is an error, and the files after it are still read. So is a row with NaN, infinity or nothing but zeros:
/// -SkipInvalid drops such rows with a warning that gives their numbers.
/// </para>
/// <para>
/// Values are kept as float32, or as float16 where the file has float16: half the memory, and no result differs, since all computing is
/// done in float32. -ElementType Float16 rounds other values to float16.
/// </para>
/// <para>
/// -MemoryMapped leaves the features in the file, which may be larger than memory; they are read as they are used. It takes .npy and
/// .safetensors files, uncompressed .npz files (numpy.savez), and HDF5 datasets that are neither compressed nor in chunks, with float32 or
/// float16 in C order and little-endian, and no other. The import reads the file once to check it.
/// The file must not be changed or cut short while a matrix of it is in use: changed values give wrong results, and reading beyond a new end of
/// the file stops the whole process, PowerShell included. It may be renamed, deleted (not on Windows) or replaced by another file of its
/// name, as Export-FeatureMatrix does. The checksum in a .npz file is not verified.
/// </para>
/// </remarks>
/// <example>
/// <title>The whole job in one line</title>
/// <code>Import-FeatureMatrix -Example | Invoke-GnnReRank -K1 26 -K2 7 | Measure-RetrievalAccuracy</code>
/// <para>Reads the digits that ship with the module, re-ranks the gallery for each query, and measures the result.</para>
/// </example>
/// <example>
/// <title>A sample with pictures</title>
/// <code>$query, $gallery = Import-FeatureMatrix -ExampleName Emoji
/// $cosine = Search-FeatureMatrix $query $gallery
/// $gnn = Invoke-GnnReRank $query $gallery -K1 5 -K2 2
/// $pictures = Join-Path (Split-Path $query.Source) pictures
/// $cosine, $gnn | Export-RankingReport emoji.html -ImageRoot $pictures -Embed -MaxQueries 20 -Force</code>
/// <para>Ranks pictures of the same emoji by six makers, and shows the lists that changed most. The pictures lie beside the features.</para>
/// </example>
/// <example>
/// <title>A file with both sets</title>
/// <code>Import-FeatureMatrix -Example | Export-FeatureMatrix market.npz -Force
/// Import-FeatureMatrix market.npz -Set Query, Gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy</code>
/// <para>Writes a file to read, and reads both of its sets. A .mat file of layumi is read as the second line does.</para>
/// </example>
/// <example>
/// <title>A file for each set</title>
/// <code>$query, $gallery = Import-FeatureMatrix -Example
/// $query | Export-FeatureMatrix query.parquet -Force
/// $gallery | Export-FeatureMatrix gallery.parquet -Force
/// $query = Import-FeatureMatrix query.parquet -Role Query
/// $gallery = Import-FeatureMatrix gallery.parquet -Role Gallery
/// $query, $gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy</code>
/// <para>Writes two Parquet files, reads them, gives each its role, and measures the plain ranking.</para>
/// </example>
/// <example>
/// <title>Many files at once</title>
/// <code>$part = 0
/// Import-FeatureMatrix -Example | ForEach-Object { $part++; $_ | Export-FeatureMatrix "part$part.csv" -Force }
/// Import-FeatureMatrix part*.csv -SkipInvalid -Verbose</code>
/// <para>Reads every file that matches a wildcard. Rows that cannot be used are dropped with a warning.</para>
/// </example>
/// <example>
/// <title>A file larger than memory</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | Export-FeatureMatrix features.npz -Force
/// $gallery = Import-FeatureMatrix features.npz -Set Gallery -MemoryMapped
/// New-NeighborGraph $gallery -NeighborCount 26</code>
/// <para>Leaves the features in the file, and reads them from there while the graph is built.</para>
/// </example>
/// <example>
/// <title>Half the memory</title>
/// <code>Import-FeatureMatrix -Example -ElementType Float16 | Export-FeatureMatrix half.npz -Force
/// Import-FeatureMatrix half.npz -Set Query, Gallery -MemoryMapped</code>
/// <para>Rounds the features to float16 and writes them as such, in half the bytes. The file can be memory-mapped.</para>
/// </example>
/// <example>
/// <title>A part of a large file</title>
/// <code>Import-FeatureMatrix -Example -Set Gallery | Export-FeatureMatrix gallery.parquet -Force
/// Import-FeatureMatrix gallery.parquet -First 40 -Columns (0..7)
/// Import-FeatureMatrix gallery.parquet -Label 1, 7 -Random 20 -Seed 7
/// Import-FeatureMatrix gallery.parquet -Label 0 -Exclude</code>
/// <para>Reads the first eight dimensions of 40 rows; 20 random rows of two labels, the same each time; and all rows but those of one label.</para>
/// </example>
[Cmdlet(VerbsData.Import, "FeatureMatrix", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FeatureMatrix))]
public sealed class ImportFeatureMatrixCommand : RowFilterCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ExampleSet = "Example";
    private const string ExampleNameSet = "ExampleName";
    private const string Digits = "Digits";
    private const string Emoji = "Emoji";

    /// <summary>The files to read, or folders of .npy files. Wildcards are expanded; relative paths start at the current location.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files to read, by their names as they stand: brackets, * and ? mean themselves. Takes files from Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Read what ships with the module: handwritten digits, 300 queries and 1,497 gallery rows of 64 pixels, of 10 classes. Both sets, unless -Set names one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExampleSet)]
    [Parameter(ParameterSetName = ExampleNameSet)]
    public SwitchParameter Example { get; set; }

    /// <summary>
    /// Which sample that ships with the module to read. Emoji: animals, plants, food and drink drawn by six makers, 290 queries and 1,255
    /// gallery rows of 128 features of a network; the label is the emoji, the camera the maker, the name the path of the picture.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ExampleNameSet)]
    [ValidateSet(Digits, Emoji)]
    [PSDefaultValue(Help = Digits)]
    public string ExampleName { get; set; } = Digits;

    /// <summary>The sets to take from a file that holds several: Query, Gallery or both. One matrix each, in the order given.</summary>
    [Parameter]
    [SplitCommas]
    [PSDefaultValue(Help = "none: each file holds one matrix")]
    [ValidateSet(nameof(FeatureRole.Query), nameof(FeatureRole.Gallery))]
    public FeatureRole[] Set { get; set; } = [];

    /// <summary>The role of a matrix that fills its file: Query or Gallery.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public FeatureRole Role { get; set; }

    /// <summary>The format, where the ending of the file name does not say it.</summary>
    [Parameter]
    [PSDefaultValue(Help = "what the ending of the file name says")]
    public FeatureFormat? Format { get; set; }

    /// <summary>The column or array with the features. Several names, or a wildcard such as 'f_*', name columns with one dimension each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "those with a usual name")]
    public string[]? FeatureColumn { get; set; }

    /// <summary>The column or array with the labels (identities).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the one with a usual name, where there is one")]
    public string? LabelColumn { get; set; }

    /// <summary>The column or array with the cameras.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the one with a usual name, where there is one")]
    public string? CameraColumn { get; set; }

    /// <summary>The column or array with the names of the images.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the one with a usual name, where there is one")]
    public string? NameColumn { get; set; }

    /// <summary>
    /// A file with the label of each row, in their order: .npy, .npz, .mat, .h5, .safetensors, .pt, .pth or .pkl with one list of numbers or
    /// texts, .json with a list, .txt or .csv with one a line. Left out, labels are those of the file itself.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the labels in the file itself")]
    public string? LabelPath { get; set; }

    /// <summary>A file with the camera of each row, as -LabelPath.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the cameras in the file itself")]
    public string? CameraPath { get; set; }

    /// <summary>A file with the name of each row, as -LabelPath.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "the names in the file itself")]
    public string? NamePath { get; set; }

    /// <summary>Take no labels, cameras and names but those that other parameters name: nothing is found by its usual name except features and sets.</summary>
    [Parameter]
    public SwitchParameter ExplicitOnly { get; set; }

    /// <summary>Drop rows with missing features, NaN, infinity or nothing but zeros, with a warning, instead of failing.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <summary>The precision to keep the values in: Float32, or Float16, which rounds to 11 significant bits and halves the memory. Left out, float16 in a file stays float16, and everything else becomes float32.</summary>
    [Parameter]
    [PSDefaultValue(Help = "Float16 where the file has it, else Float32")]
    public FeatureElementType? ElementType { get; set; }

    /// <summary>Leave the features in the file and read them as they are used: .npy, .safetensors, uncompressed .npz or HDF5, float32 or float16. The file must not be changed or cut short while it is in use.</summary>
    [Parameter]
    public SwitchParameter MemoryMapped { get; set; }

    private protected override void Begin()
    {
        Target = Set;
        if (Set.Length > 0 && Role != FeatureRole.None)
        {
            throw Errors.SetAndRole();
        }
    }

    private protected override void Process()
    {
        if (Example || ParameterSetName == ExampleNameSet)
        {
            ImportExample();
            return;
        }

        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string path in literal ? LiteralPath : Path)
        {
            Attempt(path, () =>
            {
                IReadOnlyList<string> files = literal ? [SessionPaths.Literal(this, path)] : SessionPaths.Expand(this, path);
                foreach (string file in files)
                {
                    Attempt(file, () => Import(file));
                }
            });
        }
    }

    /// <summary>The shipped files hold a set each.</summary>
    private void ImportExample()
    {
        string folder = System.IO.Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "examples", "data");
        string prefix = ExampleName.Equals(Emoji, StringComparison.OrdinalIgnoreCase) ? "emoji/" : "digits-";
        FeatureRole[] roles = Set.Length > 0 ? Set : [FeatureRole.Query, FeatureRole.Gallery];
        foreach (FeatureRole role in roles)
        {
            string name = $"{prefix}{role.ToString().ToLowerInvariant()}.parquet";
            Import(System.IO.Path.Combine(folder, name), options => options with { Sets = [], Role = role });
        }
    }

    private void Import(string file, Func<FeatureReadOptions, FeatureReadOptions>? adjusted = null)
    {
        FeatureReadResult result = Run(compute => FeatureFile.Read(file, adjusted is null ? ReadOptions(compute) : adjusted(ReadOptions(compute))));
        foreach (string warning in result.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (FeatureMatrix matrix in result.Matrices)
        {
            WriteVerbose($"Read {matrix} from '{file}'.");
            WriteObject(matrix);
        }
    }

    private string? Beside(string? path) => path is null ? null : SessionPaths.Literal(this, path);

    private FeatureReadOptions ReadOptions(ComputeOptions compute) => new()
    {
        Format = Format,
        FeatureColumns = FeatureColumn,
        LabelColumn = LabelColumn,
        CameraColumn = CameraColumn,
        NameColumn = NameColumn,
        LabelPath = Beside(LabelPath),
        CameraPath = Beside(CameraPath),
        NamePath = Beside(NamePath),
        ExplicitOnly = ExplicitOnly,
        Sets = Set,
        Role = Role,
        SkipInvalid = SkipInvalid,
        ElementType = ElementType,
        MemoryMapped = MemoryMapped,
        Rows = Rows(),
        Columns = Columns,
        Compute = compute,
    };
}
