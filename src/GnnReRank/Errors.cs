using System.Management.Automation;
using GnnReRank.Binding;

namespace GnnReRank;

/// <summary>The only place where error records are made, and where the commands' own errors are worded.</summary>
internal static class Errors
{
    // Many items may fail of one cause.

    /// <summary>Whether a failure is one a person can act on; anything else is a fault of the module and is left as it is.</summary>
    public static bool IsExpected(Exception exception) => Unwrapped(exception) is
        GnnReRankException or IOException or UnauthorizedAccessException or OutOfMemoryException or SessionStateException;

    /// <summary>The record of an expected failure.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="target">What was worked on: a path, a matrix, a ranking.</param>
    public static ErrorRecord Record(Exception exception, object? target)
    {
        Exception cause = Unwrapped(exception);
        ErrorRecord record = cause switch
        {
            GnnReRankException known => new ErrorRecord(known, known.ErrorId, CategoryOf(known.Kind), target),
            SessionStateException session => new ErrorRecord(session.ErrorRecord, session),
            UnauthorizedAccessException => new ErrorRecord(cause, "AccessDenied", ErrorCategory.PermissionDenied, target),
            OutOfMemoryException => new ErrorRecord(OutOfMemory(cause), "OutOfMemory", ErrorCategory.LimitsExceeded, target),
            _ => new ErrorRecord(cause, "FileAccessFailed", ErrorCategory.ResourceUnavailable, target),
        };

        // The system's own messages name paths as they are.
        string shown = DisplayText.Of(record.ErrorDetails?.Message ?? record.Exception.Message);
        if (shown != record.Exception.Message)
        {
            record.ErrorDetails = new ErrorDetails(shown);
        }

        return record;
    }

    public static GnnReRankException NoFileMatches(string pattern, bool hasLiteralPath) => new(
        "NoFileMatches", ErrorKind.NotFound,
        $"No file matches '{pattern}'. Correct the pattern, or " + (hasLiteralPath
            ? "use -LiteralPath where the name itself holds brackets, * or ?."
            : "write a backtick before each of the brackets, * and ? that belong to the name itself."));

    public static GnnReRankException NoJobMatches(string pattern) => new(
        "NoJobMatches", ErrorKind.NotFound,
        $"No folder with a cluster job matches '{pattern}': each has a plan.json, which New-ReRankClusterJob writes. " +
        "Correct the pattern.");

    public static GnnReRankException NotFileSystem(string path, string provider) => new(
        "NotFileSystemPath", ErrorKind.InvalidArgument,
        $"'{path}' is a path of the {provider} provider: give a path of the file system.");

    public static GnnReRankException SetAndRole() => new(
        "SetAndRole", ErrorKind.InvalidArgument,
        "-Set and -Role were both given: -Set gives each matrix the role of its set. Use -Role for files that hold one matrix.");

    public static GnnReRankException OfApproximateGraphs(string parameter) => new(
        "MethodIsExact", ErrorKind.InvalidArgument,
        $"-{parameter} was given, and an exact graph has none. Add -Method Approximate, or leave it out.");

    public static GnnReRankException InputMissing(string command, string parameter, INeed need) => new(
        "InputMissing", ErrorKind.InvalidArgument,
        $"{command} was given {(need.IsByName ? "too little" : "nothing")} to work on: {need.Thing} is needed, " +
        $"{(need.IsByName ? string.Empty : "through the pipeline or ")}as -{parameter}. {Capitalised(need.Remedy)}.");

    public static GnnReRankException QueryAndGalleryNeeded(int queries, int galleries, int others) => new(
        "QueryAndGalleryNeeded", ErrorKind.InvalidArgument,
        $"The pipeline gave {queries} query, {galleries} gallery and {others} role-less matrices: exactly one query and one gallery are needed. " +
        "Give them roles when they are imported (-Set Query, Gallery for one file, -Role for a file each), or use -Query and -Gallery.");

    public static GnnReRankException NoMatrices() => new(
        "QueryAndGalleryNeeded", ErrorKind.InvalidArgument,
        "No feature matrix was given: exactly one query and one gallery are needed. Pipe what Import-FeatureMatrix, " +
        "ConvertTo-FeatureMatrix, or Import-RetrievalDataset with features gives (file names go to Import-FeatureMatrix first), or use -Query and -Gallery.");

    public static GnnReRankException OneMatrixAlone(string given, string missing, string alternative) => new(
        "QueryAndGalleryNeeded", ErrorKind.InvalidArgument,
        $"-{Capitalised(given)} was given, and -{Capitalised(missing)} is missing: exactly one query and one gallery are needed. Give both by name, or pipe both{alternative}.");

    public static GnnReRankException ConcatenateNeeded(string given) => new(
        "ConcatenateNeeded", ErrorKind.InvalidArgument,
        $"-{given} was given without -Concatenate: it belongs to joining columns. Add -Concatenate for that, or leave it out to join rows.");

    public static GnnReRankException SizeAndNeighbors(string given) => new(
        "SizeAndNeighbors", ErrorKind.InvalidArgument,
        $"-ImagesPerIdentity and -{given} were given: the first stands for K1 and K2. Leave out one or the other.");

    public static GnnReRankException WhitenNeeded() => new(
        "WhitenNeeded", ErrorKind.InvalidArgument,
        "-Shrinkage was given without -Whiten: it belongs to whitening. Add -Whiten for that, or leave -Shrinkage " +
            "out.");

    public static GnnReRankException NoTransformSteps() => new(
        "NoTransformSteps", ErrorKind.InvalidArgument,
        "Nothing was asked for: give -CenterCamera, -Pca or -Whiten, or several of them.");

    public static GnnReRankException NotCarried(string name, string? reason) => new(
        "NotCarried", ErrorKind.InvalidArgument,
        $"Found what is left of a {name} that came through a job, another session or a file of Export-Clixml: " +
        $"{(reason is null ? "its figures came along, and what it holds did not." : reason)} {WayOf(name)}");

    public static GnnReRankException NotAQuery(object? found) => new(
        "NotAQuery", ErrorKind.InvalidArgument,
        $"Found {FeatureValues.Described(found)}, and a query is needed: a feature matrix, or a row of numbers. PowerShell takes " +
        "arrays apart in a pipeline, so put a comma before a single row (,$row). What has its features in a property becomes a " +
        "matrix by ConvertTo-FeatureMatrix, in ForEach-Object where each is to be answered as it comes.");

    public static GnnReRankException QueriesForGallery(FeatureMatrix found) => new(
        "GalleryNeeded", ErrorKind.InvalidArgument,
        $"Found a query matrix ({found}), and an index is made of a gallery: give that alone, as -Set Gallery of Import-FeatureMatrix " +
        "reads it. If these are the rows to search in, give them that role: $matrix.WithRole('Gallery').");

    public static GnnReRankException SeveralForOneFile(string what, string path) => new(
        "SeveralForOneFile", ErrorKind.InvalidArgument,
        $"The pipeline gave more than one {what} for '{path}': one file holds one. Write each to a path of its own, for example in ForEach-Object.");

    public static GnnReRankException InvalidTop(int top) => new(
        "InvalidTop", ErrorKind.InvalidArgument, $"Top is {top}: it counts ranks, so it must be at least 1. Leave it out to take all.");

    public static GnnReRankException QueryIndexOutOfRange(int index, int queryCount) => new(
        "QueryIndexOutOfRange", ErrorKind.InvalidArgument,
        $"Query index {index} is outside the ranking: its {queryCount:N0} queries go from 0 to {queryCount - 1}.");

    public static GnnReRankException NoQueryNames() => new(
        "NamesMissing", ErrorKind.InvalidArgument,
        "The query matrix has no names, so none can be chosen by name. Use -QueryIndex, or import names with -NameColumn.");

    public static GnnReRankException NoQueryMatches(string pattern, IReadOnlyList<string> names) => new(
        "NoQueryMatches", ErrorKind.NotFound,
        $"No query's name matches '{pattern}'. There are {names.Count:N0}, the first is '{names[0]}'; * stands for any characters.");

    public static GnnReRankException NothingToCompare(int results) => new(
        "NothingToCompare", ErrorKind.InvalidArgument,
        $"There are {results} results or rankings: a reference and at least one other are needed. Pipe both, or use -Reference and -Difference.");

    public static GnnReRankException NotAResult(object? found) => new(
        "NotAResult", ErrorKind.InvalidArgument,
        $"Found {(found is null ? "nothing" : found.GetType().Name)}: give what Measure-RetrievalAccuracy gives, or a Ranking.");

    public static GnnReRankException SeveralReferences() => new(
        "SeveralReferences", ErrorKind.InvalidArgument,
        "-Reference holds several results of one setup: give one, and all that is compared with it as -Difference.");

    public static GnnReRankException NotAGroundTruth(object value) => new(
        "NotAGroundTruth", ErrorKind.InvalidArgument,
        $"-GroundTruth is of type {value.GetType().Name}: a GroundTruth is needed, or a data set: Import-RetrievalDataset reads one.");

    public static GnnReRankException NoSuchDevice(string id, IReadOnlyList<ReRankDevice> devices) => new(
        "DeviceNotFound", ErrorKind.NotFound,
        $"There is no device '{id}'. Devices here: {string.Join(", ", devices)}. Use one of these ids, or none to see all.");

    public static GnnReRankException NoSuchDataset(string name) => new(
        "UnknownDataset", ErrorKind.InvalidArgument,
        $"'{name}' is no data set that can be read. Known are {string.Join(", ", Enum.GetNames<DatasetKind>())}.");

    public static GnnReRankException NoRows(int skipped) => new(
        "EmptyFeatureMatrix", ErrorKind.InvalidData,
        $"No usable row came through the pipeline ({skipped:N0} skipped): at least one is needed to make a feature matrix.");

    public static GnnReRankException NotAMethod(string found) => new("UnknownMethod", ErrorKind.InvalidArgument, MethodName.Refusal(found));

    public static GnnReRankException NotAParameter(string name, ReRankMethodInfo method) => new(
        "UnknownMethodParameter", ErrorKind.InvalidArgument,
        $"'{name}' is no parameter of {method.Method}: it has {string.Join(", ", method.Parameters.Select(known => known.Name).DefaultIfEmpty("none"))}.");

    public static GnnReRankException NotAValue(object? value, MethodParameter parameter, ReRankMethodInfo method) => new(
        "InvalidMethodValue", ErrorKind.InvalidArgument,
        $"'{value}' is no value of {parameter} of {method.Method}: a value of type {parameter.Type.Name} is needed.");

    public static GnnReRankException NotAQueryMode(object? value) => new(
        "InvalidQueryMode", ErrorKind.InvalidArgument,
        $"'{value}' is no QueryMode: use {string.Join(" or ", Enum.GetNames<QueryMode>())}.");

    public static GnnReRankException NotAClusterJob(object found) => new(
        "NotAClusterJob", ErrorKind.InvalidArgument,
        $"Found a value of type {found.GetType().Name}, and a cluster job is needed: plan one with New-ReRankClusterJob, " +
        "or give the path of its directory.");

    public static GnnReRankException SeedOfExactLists() => new(
        "ListsAreExact", ErrorKind.InvalidArgument,
        "-Seed was given without -Recall: exact neighbours draw nothing. Add -Recall, such as 0.95, or leave -Seed out.");

    public static GnnReRankException ClusterJobFailed(ClusterJobStatus status)
    {
        string why = status.Failures.Count > 0 ? status.FailureSummary : (status.Note ?? string.Empty).TrimEnd('.');
        return new GnnReRankException(
            "ClusterJobFailed", ErrorKind.InvalidData,
            $"The cluster job in '{status.Path}' failed: {why}. " +
            "Where its input stays as it is, Resume-ReRankClusterJob goes on once the cause is mended: what is done is " +
            "not done again.");
    }

    public static GnnReRankException ClusterJobStopped(ClusterJobStatus status) => new(
        "ClusterJobStopped", ErrorKind.InvalidArgument,
        $"The cluster job in '{status.Path}' was stopped with {status.Done:N0} of {status.Items:N0} items done: go on with " +
        $"Resume-ReRankClusterJob.{(status.Note is null ? string.Empty : $" {status.Note}")}");

    public static GnnReRankException TimeLimitTooShort(TimeSpan limit) => new(
        "TimeLimitTooShort", ErrorKind.InvalidArgument,
        $"-TimeLimit is {limit:c}, and Slurm counts whole minutes: give hours, minutes and seconds, as 2:00:00. A number " +
        "alone would count ticks of a ten-millionth of a second.");

    public static GnnReRankException NotAPair(object? found) => new(
        "NotAPair", ErrorKind.InvalidArgument,
        $"Found {(found is null ? "nothing" : $"a value of type {found.GetType().Name}")}: give data sets with features, or query and gallery matrices.");

    public static GnnReRankException RoleNeeded(FeatureMatrix matrix) => new(
        "RoleNeeded", ErrorKind.InvalidArgument,
        $"A matrix without a role came ({matrix}): pairs are made of a query and a gallery. Give roles when importing, or use -Query and -Gallery.");

    public static GnnReRankException HalfAPair(FeatureMatrix matrix) => new(
        "HalfAPair", ErrorKind.InvalidArgument,
        $"A {matrix.Role.ToString().ToLowerInvariant()} matrix ({matrix}) came without its other: give a query and a gallery, pair after pair.");

    public static GnnReRankException FeaturesNeeded(RetrievalDataset dataset) => new(
        "FeaturesNeeded", ErrorKind.InvalidArgument,
        $"The data set has no features of {(dataset.Query is null ? "its queries" : "its gallery")}: {dataset}. " +
        "Give them to Import-RetrievalDataset, with -Features, or with -Query and -Gallery.");

    /// <summary>An object of the pipeline cannot become a row.</summary>
    /// <param name="errorId">What sort of thing is wrong with it.</param>
    /// <param name="number">1-based number of the object.</param>
    /// <param name="what">What was found, what was expected, what to do.</param>
    public static GnnReRankException BadObject(string errorId, long number, string what) =>
        new(errorId, ErrorKind.InvalidData, $"Object {number:N0} of the input {what}");

    /// <summary>How what a type holds is carried where the object is not.</summary>
    private static string WayOf(string name) => name switch
    {
        nameof(FeatureMatrix) => "Write it with Export-FeatureMatrix there, and read the file with Import-FeatureMatrix here.",
        nameof(FeatureTransform) => "Write it with Export-FeatureTransform there, and read the file with " +
            "Import-FeatureTransform here.",
        nameof(NeighborGraph) => "Write it with Export-NeighborGraph there, and read the file with Import-NeighborGraph here.",
        nameof(Ranking) => "Measure or export it there, keep fewer ranks with -Top, or write its matrices with Export-FeatureMatrix and rank them here.",
        nameof(ReRankIndex) => "Write it with Export-ReRankIndex there, and read the file with Import-ReRankIndex here.",
        nameof(RetrievalDataset) or nameof(GroundTruth) => "Read the data set with Import-RetrievalDataset here.",
        _ => "Make it anew here.",
    };

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static Exception Unwrapped(Exception exception) =>
        exception is AggregateException several ? several.Flatten().InnerExceptions[0] : exception;

    private static GnnReRankException OutOfMemory(Exception cause) => new(
        "OutOfMemory", ErrorKind.TooLarge,
        "There is not enough memory for this input. Use -Top to keep shorter lists, fewer rows, or a machine with more memory.", cause);

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.TooLarge => ErrorCategory.LimitsExceeded,
        ErrorKind.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
