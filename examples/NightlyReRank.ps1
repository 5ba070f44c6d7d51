<#
.SYNOPSIS
    Re-ranks every retrieval job in some folders: an automation script, quiet, safe to run twice.
.DESCRIPTION
    A job is a file that holds both sets (.mat or .npz with query_f and gallery_f), or a folder that holds query.* and gallery.*.
    For each job NAME in an input folder DAY this writes OutputDirectory/DAY/NAME.ranking.parquet; for all of them,
    OutputDirectory/summary.json with the settings, the accuracy before and after where the data has labels, and what failed and why.

    A job whose ranking is newer than its input is left alone, so a second run costs nothing; -Force does it again. Every file appears
    whole or not at all. One job that fails does not stop the others.

    Exit code: 0 all jobs done or up to date; 1 at least one failed; 2 no job found, a folder is missing, or two have one name.
.EXAMPLE
    ./NightlyReRank.ps1 -OutputDirectory /data/rankings /data/features
.EXAMPLE
    ./NightlyReRank.ps1 -OutputDirectory out -K1 20 -K2 6 -Top 100 -Force day1 day2
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    # The folders to look in; as many as the command line ends with.
    [Parameter(Mandatory, ValueFromRemainingArguments)]
    [string[]] $InputDirectory,

    [Parameter(Mandatory)]
    [string] $OutputDirectory,

    [int] $K1 = 26,

    [int] $K2 = [Math]::Min(7, $K1),

    [ValidateSet('Paper', 'Reference')]
    [string] $Variant = 'Paper',

    # How many gallery images to keep for each query.
    [int] $Top = 100,

    # Do jobs again whose ranking is newer than their input.
    [switch] $Force
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command -Name Invoke-GnnReRank -ErrorAction Ignore)) {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'GnnReRank.psd1'))
}

function Find-Job([string] $Folder) {
    $day = [IO.Path]::GetFileName([IO.Path]::TrimEndingDirectorySeparator($Folder))
    foreach ($file in [IO.Directory]::GetFiles($Folder)) {
        if ([IO.Path]::GetExtension($file) -in '.mat', '.npz' -and [IO.Path]::GetFileNameWithoutExtension($file) -notin 'query', 'gallery') {
            @{ Name = "$day/$([IO.Path]::GetFileNameWithoutExtension($file))"; Files = @($file) }
        }
    }

    foreach ($directory in [IO.Directory]::GetDirectories($Folder)) {
        $queryFile = [IO.Directory]::GetFiles($directory, 'query.*')
        $galleryFile = [IO.Directory]::GetFiles($directory, 'gallery.*')
        if ($queryFile.Count -eq 1 -and $galleryFile.Count -eq 1) {
            @{ Name = "$day/$([IO.Path]::GetFileName($directory))"; Files = @($queryFile[0], $galleryFile[0]) }
        }
    }
}

function Import-Job($Job) {
    if ($Job.Files.Count -eq 1) {
        Import-FeatureMatrix -LiteralPath $Job.Files[0] -Set Query, Gallery
    }
    else {
        Import-FeatureMatrix -LiteralPath $Job.Files[0] -Role Query
        Import-FeatureMatrix -LiteralPath $Job.Files[1] -Role Gallery
    }
}

function Test-UpToDate($Job, [string] $Output) {
    if ($Force -or -not [IO.File]::Exists($Output)) { return $false }
    $written = [IO.File]::GetLastWriteTimeUtc($Output)
    foreach ($file in $Job.Files) {
        if ([IO.File]::GetLastWriteTimeUtc($file) -ge $written) { return $false }
    }
    return $true
}

function Measure-Job($Query, $Gallery, $Ranking) {
    if (-not ($Query.HasLabels -and $Gallery.HasLabels)) { return @{} }
    $before = Search-FeatureMatrix -Query $Query -Gallery $Gallery | Measure-RetrievalAccuracy
    $after = $Ranking | Measure-RetrievalAccuracy
    @{
        protocol = [string] $after.Protocol; apKind = [string] $after.ApKind; validQueries = $after.ValidQueryCount
        mAPBefore = $before.mAP; mAPAfter = $after.mAP; rank1Before = $before.Rank1; rank1After = $after.Rank1
    }
}

function Invoke-Job($Job, [string] $Output) {
    $query, $gallery = Import-Job $Job
    $ranking = Invoke-GnnReRank -Query $query -Gallery $gallery -K1 $K1 -K2 $K2 -Variant $Variant -WarningVariable warnings
    $result = Measure-Job $query $gallery $ranking
    Export-Ranking -InputObject $ranking -Path $Output -Top $Top -Force
    $result.settings = [string] $ranking.Settings
    $result.queries = $query.RowCount
    $result.gallery = $gallery.RowCount
    $result.warnings = @(foreach ($warning in $warnings) { [string] $warning })
    $result
}

function ConvertTo-Plain($Value) {
    # The JSON serialiser sees through neither hashtables' key order nor PowerShell's wrappers.
    if ($Value -is [Collections.IDictionary]) {
        $plain = [Collections.Generic.SortedDictionary[string, object]]::new([StringComparer]::Ordinal)
        foreach ($key in $Value.Keys) { $plain[$key] = ConvertTo-Plain $Value[$key] }
        return $plain
    }
    if ($Value -is [array]) {
        $list = [Collections.Generic.List[object]]::new()
        foreach ($item in $Value) { $list.Add((ConvertTo-Plain $item)) }
        return , $list
    }
    if ($null -eq $Value) { return $null }
    return $Value.PSObject.BaseObject
}

function Read-Summary([string] $Path) {
    # The figures of jobs that are up to date come from the run that made them.
    $entries = @{}
    if ([IO.File]::Exists($Path)) {
        try {
            $document = [Text.Json.JsonDocument]::Parse([IO.File]::ReadAllText($Path))
            foreach ($element in $document.RootElement.GetProperty('jobs').EnumerateArray()) {
                $entry = @{}
                foreach ($property in $element.EnumerateObject()) { $entry[$property.Name] = $property.Value }
                $entries[$entry.name.GetString()] = $entry
            }
        }
        catch {
            [Console]::Error.WriteLine("The summary of the last run is not readable and is replaced: $($_.Exception.Message)")
        }
    }
    $entries
}

function Write-Summary([string] $Path, $Summary) {
    $options = [Text.Json.JsonSerializerOptions]::new()
    $options.WriteIndented = $true
    $temporary = "$Path.$([IO.Path]::GetRandomFileName())"
    try {
        [IO.File]::WriteAllText($temporary, [Text.Json.JsonSerializer]::Serialize((ConvertTo-Plain $Summary), [object], $options))
        [IO.File]::Move($temporary, $Path, $true)
    }
    finally {
        [IO.File]::Delete($temporary)
    }
}

# .NET resolves relative paths by the process's folder, not by the session's.
$paths = $ExecutionContext.SessionState.Path
$OutputDirectory = $paths.GetUnresolvedProviderPathFromPSPath($OutputDirectory)
$folders = foreach ($folder in $InputDirectory) { $paths.GetUnresolvedProviderPathFromPSPath($folder) }
foreach ($folder in $folders) {
    if (-not [IO.Directory]::Exists($folder)) {
        [Console]::Error.WriteLine("The input folder '$folder' does not exist.")
        exit 2
    }
}

$jobs = @(foreach ($folder in $folders) { Find-Job $folder })
if ($jobs.Count -eq 0) {
    [Console]::Error.WriteLine("No job found in $($InputDirectory -join ', '): a job is a .mat or .npz with both sets, or a folder with query.* and gallery.*.")
    exit 2
}

$names = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
foreach ($job in $jobs) {
    if (-not $names.Add($job.Name)) {
        [Console]::Error.WriteLine("Two jobs have the name '$($job.Name)', and their rankings would be one file: give folders and files different names.")
        exit 2
    }
}

$null = [IO.Directory]::CreateDirectory($OutputDirectory)
$summaryPath = [IO.Path]::Combine($OutputDirectory, 'summary.json')
$previous = Read-Summary $summaryPath
$failed = 0
$results = foreach ($job in $jobs) {
    $output = [IO.Path]::Combine($OutputDirectory, "$($job.Name).ranking.parquet")
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($output))
    if (Test-UpToDate $job $output) {
        $result = $previous[$job.Name] ?? @{ name = $job.Name; input = $job.Files; output = $output }
        $result.status = 'UpToDate'
        $result
        continue
    }

    try {
        $result = Invoke-Job $job $output
        $result.status = 'Done'
    }
    catch {
        $failed++
        $result = @{ status = 'Failed'; error = $_.Exception.Message; errorId = $_.FullyQualifiedErrorId }
        [Console]::Error.WriteLine("$($job.Name): $($_.Exception.Message)")
    }

    $result.name = $job.Name
    $result.input = $job.Files
    $result.output = $output
    $result
}

$summary = @{ finished = [DateTime]::UtcNow.ToString('o'); failed = $failed; jobs = @($results) }
Write-Summary $summaryPath $summary
exit ([int] ($failed -gt 0))
