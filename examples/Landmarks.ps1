<#
.SYNOPSIS
    Re-ranks a landmark benchmark and shows its official figures before and after: Easy, Medium and Hard of the revisited Oxford and Paris.
.DESCRIPTION
    Reads the truth as its authors publish it (gnd_roxford5k.pkl or .mat, the text files of Oxford-5k, retrieval_solution_v2.1.csv of
    Google Landmarks v2), joins features to its images by their names, ranks by cosine, re-ranks, and measures both by the benchmark's protocol.
.EXAMPLE
    ./Landmarks.ps1 gnd_roxford5k.pkl features.parquet
.EXAMPLE
    ./Landmarks.ps1 rparis6k query.npy gallery.npy -Dataset RParis6k -InOrder -K1 30 -K2 5
#>
[CmdletBinding()]
param(
    # The file with the truth, or its folder.
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    # The features of the queries, or of all images where no gallery is given.
    [Parameter(Mandatory, Position = 1)]
    [string] $Query,

    [Parameter(Position = 2)]
    [string] $Gallery,

    [ValidateSet('Oxford5k', 'Paris6k', 'ROxford5k', 'RParis6k', 'Gldv2')]
    [string] $Dataset = 'ROxford5k',

    # The benchmark's form: WithDistractors for ROxford5k and RParis6k; Private, Public or Both for Gldv2.
    [string] $Variant,

    # Features without names: row i is image i of the benchmark.
    [switch] $InOrder,

    [int] $K1 = 26,

    [int] $K2 = [Math]::Min(7, $K1)
)

$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $PSScriptRoot/../module/GnnReRank.dll)) { throw 'GnnReRank is not built yet. Build first: ./build.ps1' }
Import-Module $PSScriptRoot/../GnnReRank.psd1

$truth = @{ Protocol = $Dataset; Path = $Path; InOrder = $InOrder }
if ($Variant) { $truth.Variant = $Variant }
if ($Gallery) { $truth += @{ Query = Import-FeatureMatrix -LiteralPath $Query; Gallery = Import-FeatureMatrix -LiteralPath $Gallery } }
else { $truth.Features = Import-FeatureMatrix -LiteralPath $Query }

$set = Import-RetrievalDataset @truth
$set | Search-FeatureMatrix | Measure-RetrievalAccuracy -GroundTruth $set
$set | Invoke-GnnReRank -K1 $K1 -K2 $K2 | Measure-RetrievalAccuracy -GroundTruth $set
