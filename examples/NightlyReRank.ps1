<#
.SYNOPSIS
    Re-ranks every retrieval job in some folders: an automation script, quiet, safe to stop and to run again.
.DESCRIPTION
    A job is a file that holds both sets (.mat or .npz with query_f and gallery_f), or a folder that holds query.* and gallery.*.
    For each job NAME in an input folder DAY this writes to OutputFolder:

        DAY/NAME.ranking.parquet   the ranking
        DAY/NAME.result.json       what it was made from, its SHA-256, and the accuracy before and after where the data has labels;
                                   or what failed and why
        summary.json               the results of all jobs, also of those that other runs made

    A job whose result names the same inputs (path, length, time), settings and version of the module, and the ranking that lies
    there, is up to date and left alone; -Force does it again. Every file appears whole or not at all, and a result after its ranking:
    a run that is stopped loses nothing but the job it was at. One job that fails does not stop the others.

    Exit codes:
        0   all jobs are done or up to date
        1   called wrongly, nothing was done: an unknown parameter or a bad value (for these, pwsh itself gives 1), a folder that is
            missing or has no job, two jobs of one name, a name whose result is another input's
        2   at least one job failed; the others are done
        3   the run failed: the module is not built, the output folder cannot be written, or another run has it
.EXAMPLE
    ./NightlyReRank.ps1 -OutputFolder /data/rankings /data/features
.EXAMPLE
    ./NightlyReRank.ps1 -OutputFolder out -K1 20 -K2 6 -Top 100 -Force day1 day2
.EXAMPLE
    ./NightlyReRank.ps1 -OutputFolder out -WhatIf day1

    Says which jobs would be done.
#>
[CmdletBinding(PositionalBinding = $false, SupportsShouldProcess)]
param(
    # The folders to look in; as many as the command line ends with.
    [Parameter(Mandatory, ValueFromRemainingArguments)]
    [string[]] $InputFolder,

    [Parameter(Mandatory)]
    [string] $OutputFolder,

    [ValidateRange('Positive')]
    [int] $K1 = 26,

    [ValidateRange('Positive')]
    [int] $K2 = [Math]::Min(7, $K1),

    [ValidateSet('Paper', 'Reference')]
    [string] $Variant = 'Paper',

    # How many gallery images to keep for each query.
    [ValidateRange('Positive')]
    [int] $Top = 100,

    # Do jobs again that are up to date, and replace results of other inputs.
    [switch] $Force
)

function Find-Job([IO.DirectoryInfo] $Folder) {
    Get-ChildItem -LiteralPath $Folder -File | Where-Object { $_.Extension -in '.mat', '.npz' -and $_.BaseName -notin 'query', 'gallery' } |
        ForEach-Object { @{ Name = "$($Folder.Name)/$($_.BaseName)"; Files = @($_) } }
    foreach ($child in Get-ChildItem -LiteralPath $Folder -Directory) {
        $query = @(Get-ChildItem -LiteralPath $child -File -Filter query.*)
        $gallery = @(Get-ChildItem -LiteralPath $child -File -Filter gallery.*)
        if ($query.Count -eq 1 -and $gallery.Count -eq 1) { @{ Name = "$($Folder.Name)/$($child.Name)"; Files = $query + $gallery } }
    }
}

# All that decides what a job's ranking is.
function Get-Origin($Job) {
    [ordered]@{
        module = [string] (Get-Module GnnReRank).Version
        k1 = $K1; k2 = $K2; variant = $Variant; top = $Top
        files = @($Job.Files | ForEach-Object { [ordered]@{ path = $_.FullName; length = $_.Length; written = $_.LastWriteTimeUtc.ToString('o') } })
    }
}

function Read-Result([string] $Path) {
    if (-not (Test-Path -LiteralPath $Path)) { return }
    try { Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json -DateKind String }
    catch { Write-Warning "'$Path' cannot be read as a result: $_" }
}

function Write-Result([string] $Path, $Value) {
    ConvertTo-Json $Value -Depth 5 -EnumsAsStrings | Set-Content -LiteralPath "$Path.partial"
    [IO.File]::Move("$Path.partial", $Path, $true) # Move-Item would remove the old one first.
}

# A run that was stopped between the two leaves a ranking that its result does not name.
function Test-Ranking($Result) {
    $path = Join-Path $OutputFolder "$($Result.name).ranking.parquet"
    $Result.status -eq 'Done' -and (Test-Path -LiteralPath $path) -and (Get-FileHash -LiteralPath $path).Hash -eq $Result.rankingSha256
}

function Invoke-Job($Job) {
    $query, $gallery = if ($Job.Files.Count -eq 1) {
        Import-FeatureMatrix -LiteralPath $Job.Files[0] -Set Query, Gallery
    }
    else {
        Import-FeatureMatrix -LiteralPath $Job.Files[0] -Role Query
        Import-FeatureMatrix -LiteralPath $Job.Files[1] -Role Gallery
    }

    $ranking = Invoke-GnnReRank -Query $query -Gallery $gallery -K1 $K1 -K2 $K2 -Variant $Variant -WarningVariable warnings
    $result = [ordered]@{
        settings = "$($ranking.Settings)"; queries = $query.RowCount; gallery = $gallery.RowCount; warnings = @($warnings | ForEach-Object Message)
    }

    if ($query.HasLabels -and $gallery.HasLabels) {
        $before = Search-FeatureMatrix -Query $query -Gallery $gallery | Measure-RetrievalAccuracy
        $after = $ranking | Measure-RetrievalAccuracy
        $result += [ordered]@{
            protocol = $after.Protocol; apKind = $after.ApKind; validQueries = $after.ValidQueryCount
            mAPBefore = $before.mAP; mAPAfter = $after.mAP; rank1Before = $before.Rank1; rank1After = $after.Rank1
        }
    }

    $path = Join-Path $OutputFolder "$($Job.Name).ranking.parquet"
    $ranking | Export-Ranking -LiteralPath $path -Top $Top -Force
    $result.rankingSha256 = (Get-FileHash -LiteralPath $path).Hash
    $result
}

function Stop-Run([int] $Code, [string] $Message) {
    $Host.UI.WriteErrorLine("NightlyReRank: $Message")
    exit $Code
}

$ErrorActionPreference = 'Stop'
$lock = $null
try {
    if ($K2 -gt $K1) { Stop-Run 1 "K2 is $K2 and K1 $($K1): K2 cannot be larger." }
    foreach ($folder in $InputFolder) {
        if (-not (Test-Path -LiteralPath $folder -PathType Container)) { Stop-Run 1 "There is no input folder '$folder'." }
    }

    $jobs = @($InputFolder | ForEach-Object { Find-Job (Get-Item -LiteralPath $_) })
    if (-not $jobs) { Stop-Run 1 "No job in $($InputFolder -join ', '): a job is a .mat or .npz with both sets, or a folder with query.* and gallery.*." }
    $double = $jobs | Group-Object { $_.Name } | Where-Object Count -GT 1 | Select-Object -First 1
    if ($double) { Stop-Run 1 "Two jobs have the name '$($double.Name)', and their rankings would be one file: rename one." }

    if (-not (Test-Path -LiteralPath $PSScriptRoot/../module/GnnReRank.dll)) { Stop-Run 3 'GnnReRank is not built yet. Build first: ./build.ps1' }
    Import-Module $PSScriptRoot/../GnnReRank.psd1
    $OutputFolder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputFolder)
    foreach ($job in $jobs) {
        $job.Origin = Get-Origin $job
        $job.Result = Read-Result (Join-Path $OutputFolder "$($job.Name).result.json")
        $others = $job.Result.origin.files.path | Where-Object { $_ -and $_ -cnotin $job.Files.FullName -and (Test-Path -LiteralPath $_) }
        if ($others -and -not $Force) { Stop-Run 1 "'$($job.Name)' has a result of another input, $($others): take another -OutputFolder, or replace it by -Force." }
    }

    # The lock of a run that was killed is free again.
    if (-not $WhatIfPreference) {
        $jobs | ForEach-Object { New-Item -ItemType Directory -Force -Path (Split-Path (Join-Path $OutputFolder $_.Name)) } | Out-Null
        $lock = [IO.FileStream]::new((Join-Path $OutputFolder .lock), 'OpenOrCreate', 'ReadWrite', 'None', 1, [IO.FileOptions]::DeleteOnClose)
    }

    $failed = 0
    $upToDate = foreach ($job in $jobs) {
        if (-not $Force -and (Test-Ranking $job.Result) -and (ConvertTo-Json $job.Result.origin) -ceq (ConvertTo-Json $job.Origin)) {
            $job.Name
            continue
        }

        if (-not $PSCmdlet.ShouldProcess($job.Name, 'Re-rank')) { continue }
        $result = [ordered]@{ name = $job.Name; status = 'Done'; finished = $null; origin = $job.Origin }
        try { $result += Invoke-Job $job }
        catch {
            $failed++
            $result.status = 'Failed'
            $result += [ordered]@{ error = "$_"; errorId = $_.FullyQualifiedErrorId }
            $Host.UI.WriteErrorLine("$($job.Name): $_")
        }

        $result.finished = [DateTime]::UtcNow.ToString('o')
        Write-Result (Join-Path $OutputFolder "$($job.Name).result.json") $result
    }

    if ($lock) {
        $results = Get-ChildItem -LiteralPath $OutputFolder -File -Recurse -Depth 1 -Filter *.result.json | ForEach-Object { Read-Result $_ }
        foreach ($result in $results) {
            if ($result.status -eq 'Done' -and -not (Test-Ranking $result)) { $result.status = 'Incomplete' }
            elseif ($result.name -in $upToDate) { $result.status = 'UpToDate' }
        }

        Write-Result (Join-Path $OutputFolder summary.json) ([ordered]@{ finished = [DateTime]::UtcNow.ToString('o'); failed = $failed; jobs = @($results) })
    }

    exit ($failed ? 2 : 0)
}
catch { Stop-Run 3 "$_" }
finally { ${lock}?.Dispose() }
