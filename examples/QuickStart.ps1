<#
.SYNOPSIS
    GNN re-ranking on a small real data set, measured before and after.
.DESCRIPTION
    Imports 300 query and 1,497 gallery images of handwritten digits (64 raw pixels an image, 10 classes), ranks the gallery for
    each query by cosine similarity, re-ranks it with the paper's settings for Market-1501, and prints the accuracy of both.
    Give -Query and -Gallery to do the same with feature files of your own.
.EXAMPLE
    ./QuickStart.ps1
.EXAMPLE
    ./QuickStart.ps1 -Query my-query.parquet -Gallery my-gallery.parquet -K1 20 -K2 6
#>
[CmdletBinding()]
param(
    [string] $Query = [IO.Path]::Combine($PSScriptRoot, 'data', 'digits-query.parquet'),
    [string] $Gallery = [IO.Path]::Combine($PSScriptRoot, 'data', 'digits-gallery.parquet'),
    [int] $K1 = 26,
    [int] $K2 = [Math]::Min(7, $K1)
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command -Name Invoke-GnnReRank -ErrorAction Ignore)) {
    Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', 'GnnReRank.psd1'))
}

$queryMatrix = Import-FeatureMatrix -LiteralPath $Query -Role Query
$galleryMatrix = Import-FeatureMatrix -LiteralPath $Gallery -Role Gallery

# The baseline, then the refined list: two rows of one table.
Search-FeatureMatrix -Query $queryMatrix -Gallery $galleryMatrix | Measure-RetrievalAccuracy
Invoke-GnnReRank -Query $queryMatrix -Gallery $galleryMatrix -K1 $K1 -K2 $K2 | Measure-RetrievalAccuracy
