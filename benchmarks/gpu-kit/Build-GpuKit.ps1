<#
.SYNOPSIS
    Makes the GPU kit: one executable that needs no .NET, with its data and the peers' scripts, in output/gpu-kit/RUNTIME.
.PARAMETER Runtime
    The system it is for.
.PARAMETER Data
    A folder with more features, beside those that the kit ships: cuhk03p1/pytorch_result.mat, pku_sketch/pytorch_result.mat,
    expected.json with their figures. What is copied from it is not for others.
.PARAMETER Output
    Where the folder RUNTIME goes; output/gpu-kit of this repository unless given.
.EXAMPLE
    dotnet tool exec --yes PowerShell -- -NoProfile -File benchmarks/gpu-kit/Build-GpuKit.ps1 -Runtime linux-x64
#>
[CmdletBinding()]
param(
    [ValidateSet('linux-x64', 'win-x64')]
    [string] $Runtime = 'linux-x64',

    [string] $Data,

    [string] $Output = (Join-Path $PSScriptRoot '..' '..' 'output' 'gpu-kit')
)

$ErrorActionPreference = 'Stop'

# What may travel to a machine that is lent for minutes is small: 64 MB with all else.
$most = 52MB

$Output = [IO.Path]::GetFullPath($Output, (Get-Location).ProviderPath)
$folder = Join-Path $Output $Runtime
if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }

# Of the engine's packages nothing is fetched anew, and the engine itself is the usual build's.
dotnet publish (Join-Path $PSScriptRoot GnnReRank.GpuKit.csproj) --configuration Release --runtime $Runtime `
    --output $folder --nologo --verbosity quiet -p:RestoreRecursive=false
if ($LASTEXITCODE -ne 0) { throw "dotnet publish ended with $LASTEXITCODE." }

foreach ($file in 'LICENSE', 'THIRD-PARTY-NOTICES.md') { Copy-Item (Join-Path $PSScriptRoot '..' '..' $file) $folder }
if ($Data) { Copy-Item (Join-Path $Data *) (Join-Path $folder data) -Recurse -Force -Exclude README.md, emoji }
$bytes = (Get-ChildItem $folder -Recurse -File | Measure-Object Length -Sum).Sum
$size = '{0:N1} MB' -f ($bytes / 1MB)
if ($bytes -gt $most) { throw "The kit takes $size; at most $($most / 1MB) MB are allowed. ParquetSharp's native library may be back." }
"$folder`: $size"
