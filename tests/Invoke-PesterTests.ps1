<#
.SYNOPSIS
    Runs tests/*.Tests.ps1 with Pester, where PowerShell 7.6 and Pester 5 or later are installed, and says so where not.
.PARAMETER ResultFile
    Receives the counts, in the form in which the other test runners leave theirs.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $ResultFile)

$ErrorActionPreference = 'Stop'
$pester = Get-Module -Name Pester -ListAvailable | Where-Object Version -GE ([version] '5.0') | Select-Object -First 1
if (-not $pester -or $PSVersionTable.PSVersion -lt [version] '7.6') {
    'PowerShell 7.6 with Pester 5 or later is not here, so the Pester tests (tests/*.Tests.ps1) did not run.'
    return
}

Import-Module $pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
if ([Console]::IsOutputRedirected) { $configuration.Output.RenderMode = 'Plaintext' }
$run = Invoke-Pester -Configuration $configuration
$counters = '<Counters passed="{0}" failed="{1}" notExecuted="{2}" />' -f
    $run.PassedCount, ($run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount), ($run.SkippedCount + $run.NotRunCount)
$null = New-Item -ItemType Directory -Path (Split-Path $ResultFile) -Force
Set-Content -Path $ResultFile -Value "<TestRun><ResultSummary>$counters</ResultSummary></TestRun>"
