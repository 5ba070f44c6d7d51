<#
.SYNOPSIS
    Builds, tests or packs GnnReRank, or shows it at work.
.DESCRIPTION
    Runs in pwsh 7.6 and in the project's own host, which has the engine's commands only:
    dotnet run --project src/GnnReRank.Shell -c Release -- build.ps1 -Task Test
.PARAMETER Task
    Build: everything, with the module ready to import from here.
    Test: all tests. The last line gives the totals; the exit code is not 0 if any failed.
    Pack: the module as output/GnnReRank/VERSION, to copy into a folder of PSModulePath.
    Demo: examples/QuickStart.ps1.
.PARAMETER Configuration
    Release, or Debug.
.PARAMETER NoBuild
    Takes what was built before.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Demo')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
$solution = [IO.Path]::Combine($PSScriptRoot, 'GnnReRank.sln')
$output = [IO.Path]::Combine($PSScriptRoot, 'output')

function Invoke-Build {
    & dotnet build $solution -c $Configuration --nologo -v quiet
    if ($LASTEXITCODE -ne 0) { throw "The build failed: dotnet build gave exit code $LASTEXITCODE." }
}

function Invoke-Test {
    $results = [IO.Path]::Combine($output, 'test-results')
    if ([IO.Directory]::Exists($results)) { [IO.Directory]::Delete($results, $true) }
    & dotnet test --solution $solution -c $Configuration --no-build --results-directory $results --report-xunit-trx
    $script:testExitCode = $LASTEXITCODE
    Invoke-PesterTest $results
    $totals = Get-Total $results
    if ($totals.Passed -eq 0 -or $totals.Failed -gt 0) { $script:testExitCode = [Math]::Max(1, $script:testExitCode) }
    "$($totals.Passed) passed, $($totals.Failed) failed, $($totals.Skipped) skipped"
}

function Invoke-PesterTest([string] $Results) {
    $runner = [IO.Path]::Combine($PSScriptRoot, 'tests', 'Invoke-PesterTests.ps1')
    if (Get-Command -Name pwsh -CommandType Application -ErrorAction Ignore) {
        & pwsh -NoProfile -NonInteractive -File $runner -ResultFile ([IO.Path]::Combine($Results, 'pester.trx'))
    }
    else {
        'pwsh is not here, so the Pester tests (tests/*.Tests.ps1) did not run.'
    }
}

# Every runner leaves its counts in the form of a TRX file; what they print is for people.
function Get-Total([string] $Results) {
    $total = @{ Passed = 0; Failed = 0; Skipped = 0 }
    if (-not [IO.Directory]::Exists($Results)) { return $total }
    foreach ($file in [IO.Directory]::GetFiles($Results, '*.trx', 'AllDirectories')) {
        $counters = ([xml] [IO.File]::ReadAllText($file)).TestRun.ResultSummary.Counters
        $total.Passed += [int] $counters.passed
        $total.Failed += [int] $counters.failed + [int] $counters.error + [int] $counters.timeout + [int] $counters.aborted
        $total.Skipped += [int] $counters.notExecuted
    }
    return $total
}

function Invoke-Pack {
    $version = ([xml] [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, 'Directory.Build.props'))).Project.PropertyGroup.Version
    $package = [IO.Path]::Combine($output, 'GnnReRank', $version)
    if ([IO.Directory]::Exists($package)) { [IO.Directory]::Delete($package, $true) }
    foreach ($file in 'GnnReRank.psd1', 'README.md', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md') {
        Copy-One ([IO.Path]::Combine($PSScriptRoot, $file)) ([IO.Path]::Combine($package, $file))
    }
    foreach ($folder in 'module', 'en-US', 'examples') {
        Copy-Folder $folder $package
    }
    "Packed $package"
}

# Help is read from en-US beside the manifest, so its source under module stays here; so do debug symbols.
function Copy-Folder([string] $Folder, [string] $Package) {
    $source = [IO.Path]::Combine($PSScriptRoot, $Folder)
    foreach ($file in [IO.Directory]::GetFiles($source, '*', 'AllDirectories')) {
        $relative = [IO.Path]::GetRelativePath($PSScriptRoot, $file)
        if (-not $file.EndsWith('.pdb') -and -not $relative.StartsWith([IO.Path]::Combine('module', 'en-US'))) {
            Copy-One $file ([IO.Path]::Combine($Package, $relative))
        }
    }
}

function Copy-One([string] $From, [string] $To) {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($To))
    [IO.File]::Copy($From, $To)
}

if (-not (Get-Command -Name dotnet -CommandType Application -ErrorAction Ignore)) {
    throw 'dotnet is not on the PATH. Install the .NET SDK 10 or later.'
}

$testExitCode = 0
if (-not $NoBuild) { Invoke-Build }
switch ($Task) {
    'Test' { Invoke-Test }
    'Pack' { Invoke-Pack }
    'Demo' { & ([IO.Path]::Combine($PSScriptRoot, 'examples', 'QuickStart.ps1')) }
}

exit $testExitCode
