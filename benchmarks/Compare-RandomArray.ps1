# Compares what Import-FeatureMatrix reads from the files of make_random_arrays.py with what h5py and SciPy read from them.
# dotnet tool exec --yes PowerShell -- -NoProfile -File benchmarks/Compare-RandomArray.ps1 FOLDER
param([Parameter(Mandatory)] [string] $Folder)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot .. GnnReRank.psd1)
$alike = 0
$refused = @{}
$differ = @()
foreach ($file in Get-ChildItem (Join-Path $Folder *) -Include *.h5, *.mat | Sort-Object Name) {
    $expected = [IO.Path]::ChangeExtension($file.FullName, '.npy')
    try {
        $read = Import-FeatureMatrix $file.FullName -FeatureColumn data -NameColumn names
    }
    catch {
        $why = "$($_.FullyQualifiedErrorId): $($_.Exception.Message -replace "^'[^']*': ")"
        $refused[$why] = 1 + $refused[$why]
        continue
    }

    $other = Import-FeatureMatrix $expected
    $names = Get-Content ([IO.Path]::ChangeExtension($file.FullName, '.names.txt')) -Encoding utf8
    $left = $read.ToArray()
    $right = $other.ToArray()
    $same = $read.RowCount -eq $other.RowCount -and $read.Dimension -eq $other.Dimension -and
        [Linq.Enumerable]::SequenceEqual([float[]] @($left), [float[]] @($right)) -and
        [Linq.Enumerable]::SequenceEqual([string[]] @($read.Names), [string[]] @($names))
    if ($same) { $alike++ } else { $differ += $file.Name }
}

"$alike alike, $(($refused.Values | Measure-Object -Sum).Sum ?? 0) refused, $($differ.Count) differ: $($differ -join ' ')"
$refused.GetEnumerator() | Sort-Object Value -Descending | ForEach-Object { "$($_.Value) x $($_.Key)" }
exit [int] ($differ.Count -gt 0)
