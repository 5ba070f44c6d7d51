<#
.SYNOPSIS
    Re-ranks a person or vehicle re-identification result, compares before and after, and exports the new ranking.
.DESCRIPTION
    Reads a pytorch_result.mat (query_f, query_label, query_cam, gallery_f, gallery_label, gallery_cam) as the re-ID baselines write
    it, or an .npz with the same names. Builds the neighbour graph once, tries every K1 given on it, and measures all of them beside
    the plain cosine ranking by the Market-1501 protocol. The ranking with the best mAP is exported as Parquet.
.EXAMPLE
    ./ReIdentification.ps1 pytorch_result.mat
.EXAMPLE
    ./ReIdentification.ps1 pytorch_result.mat -K1 10, 20, 26 -K2 4 -Variant Reference -OutputPath reranked.parquet -Top 50 -Force
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

    # Where the ranking goes; beside the input by default.
    [string] $OutputPath,

    # How many gallery images to export for each query.
    [int] $Top = 100,

    # Replace the output if it is there.
    [switch] $Force
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command -Name Invoke-GnnReRank -ErrorAction Ignore)) {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'GnnReRank.psd1'))
}

if (-not $OutputPath) {
    $OutputPath = [IO.Path]::ChangeExtension($Path, '.reranked.parquet')
}

# Said now, not after the work.
$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
if (-not $Force -and [IO.File]::Exists($target)) {
    throw "'$target' is there already: use -Force to replace it, or another -OutputPath."
}

$query, $gallery = Import-FeatureMatrix -LiteralPath $Path -Set Query, Gallery
Search-FeatureMatrix -Query $query -Gallery $gallery | Measure-RetrievalAccuracy

# The graph is the costly part: once, as wide as the widest K1.
$candidates = foreach ($word in $K1 -split '[,\s]+') { [int] $word }
$widest = [Linq.Enumerable]::Max([int[]] $candidates)
$graph = New-NeighborGraph -Query $query -Gallery $gallery -NeighborCount $widest

$settings = @{ Variant = $Variant }
if ($PSBoundParameters.ContainsKey('K2')) { $settings.K2 = $K2 }
$best = $null
$bestRanking = $null
foreach ($candidate in $candidates) {
    $ranking = Invoke-GnnReRank -Graph $graph -K1 $candidate @settings
    $accuracy = $ranking | Measure-RetrievalAccuracy
    $accuracy
    if ($null -eq $best -or $accuracy.mAP -gt $best.mAP) {
        $best = $accuracy
        $bestRanking = $ranking
    }
}

Export-Ranking -InputObject $bestRanking -Path $OutputPath -Top $Top -Force:$Force
