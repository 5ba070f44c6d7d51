<#
.SYNOPSIS
Prints a hash of every graph and ranking that the engine makes of some data sets, for two builds to be compared: equal lines are equal bits.
.EXAMPLE
Get-ResultHash.ps1 -Manifest ./GnnReRank.psd1 -Data ../shared/data > after.txt
#>
param(
    # The module's manifest.
    [Parameter(Mandatory)] [string] $Manifest,
    # A folder with a folder a data set, each with one file of query and gallery features.
    [Parameter(Mandatory)] [string] $Data
)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest

function Add-Bytes([System.Security.Cryptography.IncrementalHash] $hash, [array] $values) {
    $bytes = [byte[]]::new($values.Length * 4)
    [Buffer]::BlockCopy($values, 0, $bytes, 0, $bytes.Length)
    $hash.AppendData($bytes)
}

function Get-Hash([int] $count, [scriptblock] $lists) {
    $hash = [System.Security.Cryptography.IncrementalHash]::CreateHash('SHA256')
    for ($row = 0; $row -lt $count; $row++) {
        foreach ($list in & $lists $row) { Add-Bytes $hash $list }
    }
    [Convert]::ToHexString($hash.GetHashAndReset()).Substring(0, 16)
}

function Get-RankingHash($ranking) { Get-Hash $ranking.QueryCount { param($row) , $ranking.GetIndices($row); , $ranking.GetScores($row) } }

foreach ($file in Get-ChildItem $Data -File -Recurse -Depth 1 | Where-Object Extension -in '.npz', '.mat' | Sort-Object FullName) {
    foreach ($type in 'Float32', 'Float16') {
        $name = "$($file.Directory.Name) $type"
        $matrices = Import-FeatureMatrix $file.FullName -Set Query, Gallery -ElementType $type -WarningAction SilentlyContinue
        $graph = $matrices | New-NeighborGraph -NeighborCount 60 -Device Cpu
        "$name graph $(Get-Hash $graph.VertexCount { param($row) , $graph.GetNeighbors($row); , $graph.GetScores($row) })"
        "$name cosine $(Get-RankingHash ($matrices | Search-FeatureMatrix -Device Cpu))"
        "$name cosine-top $(Get-RankingHash ($matrices | Search-FeatureMatrix -Top 10 -Device Cpu))"
        foreach ($variant in 'Paper', 'Reference') {
            foreach ($layers in 0..3) {
                "$name $variant L$layers full $(Get-RankingHash ($matrices | Invoke-GnnReRank -K1 26 -K2 7 -Variant $variant -Layers $layers -Device Cpu))"
                "$name $variant L$layers top $(Get-RankingHash ($graph | Invoke-GnnReRank -K1 26 -K2 7 -Variant $variant -Layers $layers -Top 20 -Lambda 0 -Device Cpu))"
            }

            $odd = $matrices | Invoke-GnnReRank -Variant $variant -K1 9 -K2 1 -Alpha 1.5 -Lambda 0.4 -Device Cpu
            "$name $variant k2=1 $(Get-RankingHash $odd)"
        }
    }
}
