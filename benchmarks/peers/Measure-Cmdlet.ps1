<#
.SYNOPSIS
    Times Invoke-GnnReRank once inside a session, after a warm-up, and prints a line of JSON.
.PARAMETER Folder
    Where query.npy, gallery.npy and the few rows to warm up with are.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Folder,
    [int] $K1 = 26,
    [int] $K2 = 7,
    [string] $Variant = 'Paper',
    [int] $Top,
    [int] $Threads
)

$ErrorActionPreference = 'Stop'
Import-Module ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'GnnReRank.psd1'))
$settings = @{ K1 = $K1; K2 = $K2; Variant = $Variant; ThrottleLimit = $Threads }
if ($Top -gt 0) { $settings.Top = $Top }

$query = Import-FeatureMatrix ([IO.Path]::Combine($Folder, 'warm.query.npy')) -Role Query
$gallery = Import-FeatureMatrix ([IO.Path]::Combine($Folder, 'warm.gallery.npy')) -Role Gallery
$clock = [Diagnostics.Stopwatch]::StartNew()
while ($clock.Elapsed.TotalSeconds -lt 1) { $null = Invoke-GnnReRank -Query $query -Gallery $gallery @settings }

$query = Import-FeatureMatrix ([IO.Path]::Combine($Folder, 'query.npy')) -Role Query
$gallery = Import-FeatureMatrix ([IO.Path]::Combine($Folder, 'gallery.npy')) -Role Gallery
[GC]::Collect()
$cpu = [Environment]::CpuUsage.TotalTime
$clock.Restart()
$ranking = Invoke-GnnReRank -Query $query -Gallery $gallery @settings
$wall = $clock.Elapsed.TotalSeconds
$cpu = [Environment]::CpuUsage.TotalTime - $cpu

[string]::Format(
    [cultureinfo]::InvariantCulture,
    '{{"peer":"GnnReRank through the cmdlets","versions":".NET {0}","threads":{1},"n":{2},"d":{3},"stages":{{"whole job ({4})":[{5},{6}]}},"peak":{7},"check":""}}',
    [object[]] @([Environment]::Version, $Threads, ($ranking.QueryCount + $ranking.GalleryCount), $query.Dimension, $Variant,
        $wall, $cpu.TotalSeconds, [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64))
