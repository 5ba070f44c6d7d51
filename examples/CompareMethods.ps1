<#
.SYNOPSIS
    Compares the cosine ranking with several settings of GNN re-ranking: figures with 95 % intervals, tests, and an HTML report.
.DESCRIPTION
    Reads features in any format that Import-FeatureMatrix reads: one file with a query and a gallery set, or a file for each. Ranks
    by cosine, builds the neighbour graph once, re-ranks with every setting, and measures all rankings by one protocol. Then each
    setting is compared with cosine, query by query: a difference that chance would make too often is called noise. The report holds
    everything side by side, with the queries that changed most.
.EXAMPLE
    ./CompareMethods.ps1 pytorch_result.mat
.EXAMPLE
    ./CompareMethods.ps1 query.parquet gallery.parquet -Setting 20/6, 26/7, 40/10 -Report market.html -ImageRoot Market/pytorch/query, Market/pytorch/gallery -Force
.EXAMPLE
    ./CompareMethods.ps1 features.npz -Setting 26/7/Paper, 26/7/Reference -Protocol Label -Bootstrap 2000
#>
[CmdletBinding()]
param(
    # The features of the queries, or a file that holds both sets (query_f, gallery_f, ...).
    [Parameter(Mandatory, Position = 0)]
    [string] $Query,

    # The features of the gallery, where they have a file of their own.
    [Parameter(Position = 1)]
    [string] $Gallery,

    # What to try: K1/K2, or K1/K2/Variant, the variant being Paper or Reference. Rule of thumb for K1: the images an identity has.
    [string[]] $Setting = ('20/6', '26/7', '40/10'),

    # How all are measured; by default Market1501 where both sets have cameras, else Label.
    [string] $Protocol,

    # How many samples of the queries the intervals are taken from.
    [int] $Bootstrap = 1000,

    # The HTML report to write.
    [string] $Report = 'comparison.html',

    # The folder that the images' names are relative to; or two, of the query images and of the gallery's. Without, no pictures.
    [string[]] $ImageRoot,

    # The most queries that the report shows one by one: those that changed most.
    [int] $MaxQueries = 100,

    # Replace the report if it is there.
    [switch] $Force
)

$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $PSScriptRoot/../module/GnnReRank.dll)) { throw 'GnnReRank is not built yet. Build first: ./build.ps1' }
Import-Module $PSScriptRoot/../GnnReRank.psd1

# Said now, not after the work.
if (-not $Force -and (Test-Path -LiteralPath $Report)) {
    throw "'$Report' is there already: use -Force to replace it, or another -Report."
}

# A command line of another shell hands "20/6,26/7" over as one word.
$settings = foreach ($word in $Setting -split '[,\s]+') {
    if ($word -notmatch '^(\d+)/(\d+)(?:/(Paper|Reference))?$') {
        throw "'$word' is no setting: write K1/K2, such as 26/7, or K1/K2/Variant, such as 26/7/Reference."
    }

    @{ K1 = [int] $Matches[1]; K2 = [int] $Matches[2]; Variant = $Matches[3] ?? 'Paper' }
}

$sets = if ($Gallery) {
    Import-FeatureMatrix -LiteralPath $Query -Role Query
    Import-FeatureMatrix -LiteralPath $Gallery -Role Gallery
}
else {
    Import-FeatureMatrix -LiteralPath $Query -Set Query, Gallery
}

# The graph is the costly part: once, as wide as the widest K1.
$graph = $sets | New-NeighborGraph -NeighborCount ($settings.K1 | Measure-Object -Maximum).Maximum
$rankings = @(
    $sets | Search-FeatureMatrix
    foreach ($each in $settings) { $graph | Invoke-GnnReRank @each }
)

$measuring = @{ Bootstrap = $Bootstrap }
if ($Protocol) { $measuring.Protocol = $Protocol }
$results = $rankings | Measure-RetrievalAccuracy @measuring
$results

# How sure each figure is, and what each setting changed against cosine, the first.
$changes = @('') + @($results | Compare-RetrievalAccuracy | ForEach-Object { "    $($_.Summary)" })
for ($i = 0; $i -lt $results.Count; $i++) {
    "`n$($results[$i].Settings)"
    "    $($results[$i].MeanName) in $($results[$i].MeanInterval), Rank 1 in $($results[$i].Rank1Interval)"
    if ($i -gt 0) { $changes[$i] }
}

$shown = @{ Path = $Report; Title = "Comparison of $($rankings.Count) rankings"; MaxQueries = $MaxQueries; Force = $Force }
if ($ImageRoot) { $shown.ImageRoot = $ImageRoot }
$rankings | Export-RankingReport @shown @measuring
"`nReport: $(Convert-Path -LiteralPath $Report)"
