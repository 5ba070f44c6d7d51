<#
.SYNOPSIS
    GNN re-ranking on a small real data set, measured before and after.
.DESCRIPTION
    Imports 300 query and 1,497 gallery images of handwritten digits (64 raw pixels an image, 10 classes), ranks the gallery for
    each query by cosine similarity, re-ranks it with the paper's settings for Market-1501, and prints the accuracy of both.
    Give -Query and -Gallery to do the same with feature files of your own. In a clone that was not built yet, it builds first.
.EXAMPLE
    ./QuickStart.ps1
.EXAMPLE
    ./QuickStart.ps1 -Query my-query.parquet -Gallery my-gallery.parquet -K1 20 -K2 6
#>
[CmdletBinding()]
param(
    [string] $Query = (Join-Path $PSScriptRoot data digits-query.parquet),
    [string] $Gallery = (Join-Path $PSScriptRoot data digits-gallery.parquet),
    [int] $K1 = 26,
    [int] $K2 = [Math]::Min(7, $K1)
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if (-not (Test-Path (Join-Path $root module GnnReRank.dll))) {
    Write-Host 'Building GnnReRank and fetching the packages it needs. This happens once and takes one or two minutes.'
    & (Join-Path $root build.ps1) | Out-Host
}

Import-Module (Join-Path $root GnnReRank.psd1)
$sets = @(
    Import-FeatureMatrix -LiteralPath $Query -Role Query
    Import-FeatureMatrix -LiteralPath $Gallery -Role Gallery
)

# The baseline, then the refined list: two rows of one table.
$sets | Search-FeatureMatrix | Measure-RetrievalAccuracy
$sets | Invoke-GnnReRank -K1 $K1 -K2 $K2 | Measure-RetrievalAccuracy
