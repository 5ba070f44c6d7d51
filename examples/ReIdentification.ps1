<#
.SYNOPSIS
    Re-ranks a person or vehicle re-identification result, compares before and after, and exports the new ranking.
.DESCRIPTION
    Reads a pytorch_result.mat (query_f, query_label, query_cam, gallery_f, gallery_label, gallery_cam) as the re-ID baselines write
    it, or an .npz with the same names. Builds the neighbour graph once, tries every K1 given on it, and measures all of them beside
    the plain cosine ranking by the Market-1501 protocol. The ranking with the best mAP is exported to OutputFolder as
    NAME.reranked.parquet.
.EXAMPLE
    ./ReIdentification.ps1 pytorch_result.mat
.EXAMPLE
    ./ReIdentification.ps1 pytorch_result.mat -K1 10, 20, 26 -K2 4 -Variant Reference -OutputFolder rankings -Top 50 -Force
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    # The neighbours a vertex; of several, such as 10, 26, the best is exported. Rule of thumb: the images an identity has.
    # Text, because a command line hands "10,26" over as one word, and PowerShell would read that as the number 1026.
    [string[]] $K1 = '26',

    # 7, or K1 where that is smaller.
    [int] $K2,

    [ValidateSet('Paper', 'Reference')]
    [string] $Variant = 'Paper',

    # Where the ranking goes; the current folder by default. It is made where it is missing.
    [string] $OutputFolder = '.',

    # How many gallery images to export for each query.
    [int] $Top = 100,

    # Replace the output if it is there.
    [switch] $Force
)

$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $PSScriptRoot/../module/GnnReRank.dll)) { throw 'GnnReRank is not built yet. Build first: ./build.ps1' }
Import-Module $PSScriptRoot/../GnnReRank.psd1

# Said now, not after the work.
$output = Join-Path $OutputFolder "$(Split-Path $Path -LeafBase).reranked.parquet"
if (-not $Force -and (Test-Path -LiteralPath $output)) {
    throw "'$output' is there already: use -Force to replace it, or another -OutputFolder."
}

$sets = Import-FeatureMatrix -LiteralPath $Path -Set Query, Gallery
$sets | Search-FeatureMatrix | Measure-RetrievalAccuracy

# The graph is the costly part: once, as wide as the widest K1.
$candidates = [int[]] ($K1 -split '[,\s]+')
$graph = $sets | New-NeighborGraph -NeighborCount ($candidates | Measure-Object -Maximum).Maximum
$settings = @{ Variant = $Variant }
if ($PSBoundParameters.ContainsKey('K2')) { $settings.K2 = $K2 }
$best = $null
foreach ($candidate in $candidates) {
    $ranking = $graph | Invoke-GnnReRank -K1 $candidate @settings
    $accuracy = $ranking | Measure-RetrievalAccuracy
    $accuracy
    if (-not $best -or $accuracy.mAP -gt $best.Accuracy.mAP) { $best = @{ Accuracy = $accuracy; Ranking = $ranking } }
}

$null = New-Item -ItemType Directory -Path $OutputFolder -Force
$best.Ranking | Export-Ranking -LiteralPath $output -Top $Top -Force:$Force
