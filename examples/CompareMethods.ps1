<#
.SYNOPSIS
    Compares the cosine ranking with re-ranking methods: figures with 95 % intervals, tests, time and memory, and an HTML report.
.DESCRIPTION
    Reads features in any format that Import-FeatureMatrix reads: one file with a query and a gallery set, or a file for each. Ranks
    by cosine and by every method with its defaults, or by those named and by settings of GNN re-ranking, and measures all by one
    protocol. Each is compared with cosine, query by query: a difference that chance would make too often is called noise. The
    report holds everything side by side, with the queries that changed most; -Csv writes the table.
.EXAMPLE
    ./CompareMethods.ps1 pytorch_result.mat
.EXAMPLE
    ./CompareMethods.ps1 query.parquet gallery.parquet -Setting 20/6, 26/7, 40/10 -Report market.html -ImageRoot Market/pytorch/query, Market/pytorch/gallery -Force
.EXAMPLE
    ./CompareMethods.ps1 features.npz -Method Gnn -Setting 26/7/Reference -Protocol Label -Bootstrap 2000 -Csv methods.csv
#>
[CmdletBinding()]
param(
    # The features of the queries, or a file that holds both sets (query_f, gallery_f, ...).
    [Parameter(Mandatory, Position = 0)]
    [string] $Query,

    # The features of the gallery, where they have a file of their own.
    [Parameter(Position = 1)]
    [string] $Gallery,

    # The methods to try with their defaults; all, where there is no -Setting either.
    [string[]] $Method,

    # Settings of GNN re-ranking: K1/K2, or K1/K2/Variant, the variant being Paper or Reference. K1 is about the images an identity has.
    [string[]] $Setting,

    # How all are measured; by default Market1501 where both sets have cameras, else Label.
    [string] $Protocol,

    # How many samples of the queries the intervals are taken from.
    [int] $Bootstrap = 1000,

    # The HTML report to write.
    [string] $Report = 'comparison.html',

    # A file for the table; none, unless given.
    [string] $Csv,

    # The folder that the images' names are relative to; or two, of the query images and of the gallery's. Without, no pictures.
    [string[]] $ImageRoot,

    # The most queries that the report shows one by one: those that changed most.
    [int] $MaxQueries = 100,

    # Replace the report and the table if they are there.
    [switch] $Force
)

$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $PSScriptRoot/../module/GnnReRank.dll)) { throw 'GnnReRank is not built yet. Build first: ./build.ps1' }
Import-Module $PSScriptRoot/../GnnReRank.psd1

# Said now, not after the work.
foreach ($file in @($Report, $Csv) -ne '') {
    if (-not $Force -and (Test-Path -LiteralPath $file)) { throw "'$file' is there already: use -Force to replace it, or another name." }
}

# A command line of another shell hands "20/6,26/7" over as one word.
$settings = @($Method -split '[,\s]+' -ne '') + @(
    foreach ($word in $Setting -split '[,\s]+' -ne '') {
        if ($word -notmatch '^(\d+)/(\d+)(?:/(Paper|Reference))?$') {
            throw "'$word' is no setting: write K1/K2, such as 26/7, or K1/K2/Variant, such as 26/7/Reference."
        }

        @{ Method = 'Gnn'; K1 = [int] $Matches[1]; K2 = [int] $Matches[2]; Variant = $Matches[3] ?? 'Paper' }
    }
)

$sets = if ($Gallery) {
    Import-FeatureMatrix -LiteralPath $Query -Role Query
    Import-FeatureMatrix -LiteralPath $Gallery -Role Gallery
}
else {
    Import-FeatureMatrix -LiteralPath $Query -Set Query, Gallery
}

$measuring = @{ Bootstrap = $Bootstrap }
if ($Protocol) { $measuring.Protocol = $Protocol }
$chosen = @{}
if ($settings) { $chosen.Method = $settings }
$rows = @($sets | Compare-ReRankMethod @chosen @measuring -KeepRankings)
$rows

# How sure each figure is, and what each method changed against cosine, the first.
foreach ($row in $rows) {
    "`n$($row.Settings)"
    if ($row.Reason) {
        "    $($row.Reason)"
        continue
    }

    "    $($row.MeanName) in $($row.Accuracy.MeanInterval), Rank 1 in $($row.Accuracy.Rank1Interval)"
    if ($row.Comparison) { "    $($row.Comparison.Summary)" }
}

if ($Csv) { $rows | Select-Object -ExcludeProperty Accuracy, Comparison, Ranking | Export-Csv $Csv -Force:$Force }
$rankings = @($rows.Ranking) -ne $null
$shown = @{ Path = $Report; Title = "Comparison of $($rankings.Count) rankings"; MaxQueries = $MaxQueries; Force = $Force }
if ($ImageRoot) { $shown.ImageRoot = $ImageRoot }
$rankings | Export-RankingReport @shown @measuring
"`nReport: $(Convert-Path -LiteralPath $Report)"
