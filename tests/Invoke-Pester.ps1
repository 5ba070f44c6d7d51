<#
.SYNOPSIS
    Runs the module's tests, tests/*.Tests.ps1, with the Pester that the build fetched; the module must be built.
.PARAMETER Name
    The files to run, such as Ranking or Import*; all by default.
.PARAMETER Except
    Files that are not run.
.PARAMETER ResultFile
    Receives the counts, in the form in which the other test runner leaves its own.
.EXAMPLE
    ./tests/Invoke-Pester.ps1 Views, Help
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string[]] $Name = '*',

    [string[]] $Except = @(),

    [string] $ResultFile
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path (Split-Path $PSScriptRoot) output modules Pester)
$configuration = New-PesterConfiguration

# pwsh -File gives a list as one text.
$configuration.Run.Path = @($Name -split ',' | ForEach-Object { Join-Path $PSScriptRoot "$_.Tests.ps1" })
$configuration.Run.ExcludePath = @($Except -split ',' | Where-Object { $_ } | ForEach-Object { Join-Path $PSScriptRoot "$_.Tests.ps1" })
$configuration.Run.PassThru = $true
if ([Console]::IsOutputRedirected) { $configuration.Output.RenderMode = 'Plaintext' }
$run = Invoke-Pester -Configuration $configuration
if ($ResultFile) {
    $counters = '<Counters passed="{0}" failed="{1}" notExecuted="{2}" />' -f
        $run.PassedCount, ($run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount), ($run.SkippedCount + $run.NotRunCount)
    $null = New-Item -ItemType Directory -Path (Split-Path $ResultFile) -Force
    Set-Content -Path $ResultFile -Value "<TestRun><ResultSummary>$counters</ResultSummary></TestRun>"
}

exit [int] ($run.Result -ne 'Passed')
