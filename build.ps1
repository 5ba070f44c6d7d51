<#
.SYNOPSIS
    Builds, tests, documents or packs GnnReRank.
.DESCRIPTION
    Runs in PowerShell 7.6 or later; with the .NET SDK alone: dotnet tool exec --yes PowerShell -- -NoProfile -File build.ps1 -Task Test
.PARAMETER Task
    Build: everything, with the module ready to import from here.
    Test: all tests. The last line gives the totals; the exit code is not 0 if any failed.
    Pack: the module as output/GnnReRank/VERSION and as output/GnnReRank.VERSION.nupkg, for Publish-PSResource or Install-PSResource.
    Docs: the pages of the cmdlets, docs/cmdlets, from the documentation in the code.
.PARAMETER Configuration
    Release, or Debug.
.PARAMETER NoBuild
    Takes what was built before.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Docs')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot GnnReRank.sln
$output = Join-Path $PSScriptRoot output

function Invoke-Build {
    dotnet build $solution -c $Configuration --nologo -v quiet
    if ($LASTEXITCODE -ne 0) { throw "The build failed: dotnet build gave exit code $LASTEXITCODE." }
}

function Invoke-Test {
    $results = Join-Path $output test-results
    if (Test-Path $results) { Remove-Item $results -Recurse }
    # Side by side, as each waits at times. Pester runs in processes of its own, since this one may have another build of the
    # module loaded: one for the files that take longest, one for the others. What they say comes when the rest is done.
    $long = 'Help,GpuKit,Extractor'
    $parts = @{ 'pester-long.trx' = @($long); 'pester.trx' = @('-Except', $long) }
    $pester = foreach ($file in $parts.Keys) {
        Start-ThreadJob -ScriptBlock {
            param($root, $arguments)
            Set-Location $root
            dotnet tool exec --yes PowerShell -- -NoProfile -NonInteractive -File (Join-Path tests Invoke-Pester.ps1) @arguments 2>&1 |
                ForEach-Object { "$_" }
            $LASTEXITCODE
        } -ArgumentList $PSScriptRoot, ($parts[$file] + '-ResultFile', (Join-Path $results $file))
    }
    dotnet test --solution $solution -c $Configuration --no-build --results-directory $results --report-xunit-trx
    $exitCodes = @($LASTEXITCODE)
    foreach ($part in $pester) {
        $said = @($part | Receive-Job -Wait -AutoRemoveJob)
        $said | Select-Object -SkipLast 1
        $exitCodes += $said[-1]
    }

    # Each runner leaves its counts in the form of a TRX file; what they print is for people.
    $total = @{ passed = 0; failed = 0; notExecuted = 0; error = 0; timeout = 0; aborted = 0 }
    foreach ($file in Get-ChildItem $results -Filter *.trx -Recurse) {
        $counters = ([xml] (Get-Content $file -Raw)).TestRun.ResultSummary.Counters
        foreach ($count in @($total.Keys)) { $total[$count] += [int] $counters.GetAttribute($count) }
    }
    $failed = $total.failed + $total.error + $total.timeout + $total.aborted
    "$($total.passed) passed, $failed failed, $($total.notExecuted) skipped"
    $script:exitCode = [int] ($total.passed -eq 0 -or $failed -gt 0 -or $exitCodes -ne 0)
}

function Invoke-Pack {
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot GnnReRank.psd1)
    $package = Join-Path $output GnnReRank $manifest.ModuleVersion
    if (Test-Path $package) { Remove-Item $package -Recurse }
    $null = New-Item -ItemType Directory -Path $package
    'GnnReRank.psd1', 'README.md', 'docs', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'module', 'en-US' |
        ForEach-Object { Copy-Item (Join-Path $PSScriptRoot $_) $package -Recurse }

    # The extractor and the service are no part of the module: they are built in a clone.
    $examples = New-Item -ItemType Directory -Path (Join-Path $package examples)
    Get-ChildItem (Join-Path $PSScriptRoot examples) -Exclude extractor, service | Copy-Item -Destination $examples -Recurse

    # Help is read from en-US beside the manifest, so its source under module stays here; so do debug symbols.
    Remove-Item (Join-Path $package module en-US) -Recurse
    Get-ChildItem $package -Filter *.pdb -Recurse | Remove-Item
    "Packed $package"
    Compress-PSResource -Path $package -DestinationPath $output -PassThru | ForEach-Object { "Packed $_" }
}

function Invoke-Docs {
    $help = Join-Path $PSScriptRoot src GnnReRank.Help bin $Configuration net10.0 GnnReRank.Help.dll
    $comments = Join-Path $PSScriptRoot src GnnReRank bin $Configuration net10.0 GnnReRank.xml
    dotnet $help (Join-Path $PSScriptRoot GnnReRank.psd1) $comments (Join-Path $PSScriptRoot docs cmdlets)
    $script:exitCode = $LASTEXITCODE
}

if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
    throw 'dotnet is not on the PATH. Install the .NET SDK 10 or later.'
}

$exitCode = 0
Push-Location $PSScriptRoot
try {
    if (-not $NoBuild) { Invoke-Build }
    switch ($Task) {
        'Test' { Invoke-Test }
        'Pack' { Invoke-Pack }
        'Docs' { Invoke-Docs }
    }
}
finally {
    Pop-Location
}

exit $exitCode
