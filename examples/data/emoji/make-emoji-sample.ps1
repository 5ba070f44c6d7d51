<#
.SYNOPSIS
    Makes the emoji sample again: pictures, query.parquet and gallery.parquet in this folder.
.DESCRIPTION
    Fetches the makers' packages from npm, in the versions of package.json, draws the pictures, turns them into features
    by the extractor of examples/extractor, and reduces those to 128 columns. It takes some minutes. The sample is
    in the repository: no build and no test runs this. It needs npm with Node.js 20.9, Python with NumPy, and the
    module built.

    Another processor or another version of a library may change the last digits of features, and bytes of pictures.
.EXAMPLE
    ./make-emoji-sample.ps1
.EXAMPLE
    ./make-emoji-sample.ps1 -Python /usr/bin/python3 -WorkFolder /var/tmp/emoji
#>
[CmdletBinding()]
param(
    # A Python that has NumPy.
    [string] $Python = 'python3',

    # Where packages are fetched to and work lies, 500 MB; it is kept.
    [string] $WorkFolder = (Join-Path ([IO.Path]::GetTempPath()) gnnrerank-emoji)
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$root = [IO.Path]::GetFullPath("$PSScriptRoot/../../..")
Import-Module (Join-Path $root GnnReRank.psd1)

$null = New-Item -ItemType Directory -Path $WorkFolder -Force
Copy-Item $PSScriptRoot/package.json $WorkFolder
npm install --prefix $WorkFolder --no-audit --no-fund --silent
$made = Join-Path $WorkFolder made
if (Test-Path $made) { Remove-Item $made -Recurse }
node $PSScriptRoot/draw-pictures.mjs $WorkFolder $made

dotnet build (Join-Path $root examples extractor) -c Release --nologo -v quiet
foreach ($set in 'query', 'gallery') {
    $arguments = @(
        '--list', "$made/pictures/$set.txt", '--output', "$made/$set-whole.parquet"
        '--pattern', '^(?<camera>[^/]+)/[^_]+_(?<label>.+)\.webp$'
        '--cameras', 'emojione,fluent-3d,fluent-flat,google,noto-v1,twitter'
    )
    dotnet run --project (Join-Path $root examples extractor) -c Release --no-build -- @arguments
}

$sets = 'query', 'gallery' | ForEach-Object { Import-FeatureMatrix $made/$_-whole.parquet -Role $_ }
$sets | Export-FeatureMatrix $made/whole.npz
& $Python $PSScriptRoot/reduce-features.py $made/whole.npz $made/reduced.npz
$reduced = Import-FeatureMatrix $made/reduced.npz -Set Query, Gallery
foreach ($set in $reduced) { $set | Export-FeatureMatrix "$made/$("$($set.Role)".ToLowerInvariant()).parquet" }

# Last, since nothing of the old sample shall be lost to a failure.
Get-ChildItem $PSScriptRoot -Directory -Filter pictures | Remove-Item -Recurse
Remove-Item $made/pictures/*.txt
Copy-Item $made/pictures $PSScriptRoot -Recurse
Copy-Item $made/query.parquet, $made/gallery.parquet $PSScriptRoot
$reduced | Search-FeatureMatrix | Measure-RetrievalAccuracy
