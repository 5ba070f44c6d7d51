# What the module's Pester tests share. Start a file with
#     BeforeAll { Import-Module $PSScriptRoot/Support/Support.psm1; Import-Subject }
Set-StrictMode -Version Latest

$script:repository = Split-Path (Split-Path $PSScriptRoot)
$script:manifest = Join-Path $script:repository GnnReRank.psd1

# Made rows, and writers of .npy, .npz and .mat that are no part of the module. Compiled once a process.
if (-not ('GnnReRank.Tests.LabelledRows' -as [type])) {
    Add-Type -Path (Get-ChildItem $PSScriptRoot -Filter *.cs).FullName -IgnoreWarnings
}

# Imports the module from the repository, once a process.
function Import-Subject {
    if (-not (Get-Module GnnReRank)) { Import-Module $script:manifest -Global }
}

# A path in the repository: Get-RepositoryPath examples data digits-query.parquet.
function Get-RepositoryPath { [IO.Path]::Combine([string[]] (@($script:repository) + $args)) }

# Real features beside the checkout (shared/data); the test that asks for what is not there is skipped with a reason.
function Get-SharedPath {
    $path = [IO.Path]::Combine([string[]] (@((Split-Path $script:repository), 'shared', 'data') + $args))
    if (-not (Test-Path $path)) { Set-ItResult -Skipped -Because "'$($args -join '/')' is not beside this checkout (shared/data)" }
    $path
}

# Rows in clusters, one a label. The same arguments give the same rows.
function New-LabelledRows([int] $Rows, [int] $Dimension, [int] $Labels, [int] $Seed, [int] $Cameras) {
    [GnnReRank.Tests.LabelledRows]::Made($Rows, $Dimension, $Labels, $Seed, $Cameras)
}

# A query and a gallery set under layumi's names, written apart from the module.
function Write-NpzSets([string] $Path, $Query, $Gallery) { [GnnReRank.Tests.NumPyFile]::WriteSets((Resolve-Target $Path), $Query, $Gallery) }
function Write-MatSets([string] $Path, $Query, $Gallery) { [GnnReRank.Tests.MatlabFile]::WriteSets((Resolve-Target $Path), $Query, $Gallery) }
function Write-Npy([string] $Path, [float[,]] $Values, [switch] $Half) {
    if ($Half) { [GnnReRank.Tests.NumPyFile]::WriteHalfNpy((Resolve-Target $Path), $Values) }
    else { [GnnReRank.Tests.NumPyFile]::WriteNpy((Resolve-Target $Path), $Values) }
}
function Write-Pickle([string] $Path, [float[,]] $Values) { [GnnReRank.Tests.PickleFile]::WriteRows((Resolve-Target $Path), $Values) }
function Write-Torch([string] $Path, [float[,]] $Values) { [GnnReRank.Tests.PickleFile]::WriteTensor((Resolve-Target $Path), $Values) }

# A made-up Market-1501: empty files under its names, of identity label + 1 and camera + 1. Gives their names, queries first.
function New-MarketFolder([string] $Path, $Query, $Gallery) {
    foreach ($set in @{ Folder = 'query'; Rows = $Query }, @{ Folder = 'bounding_box_test'; Rows = $Gallery }) {
        $null = New-Item -ItemType Directory -Path (Join-Path $Path $set.Folder) -Force
        for ($row = 0; $row -lt $set.Rows.Labels.Length; $row++) {
            $name = '{0}/{1:D4}_c{2}s1_{3:D6}_00.jpg' -f $set.Folder, ($set.Rows.Labels[$row] + 1), ($set.Rows.Cameras[$row] + 1), $row
            $null = New-Item -ItemType File -Path (Join-Path $Path $name) -Force
            $name
        }
    }
}

# A query matrix of five rows of which everything is known, also as five.csv, five.csv.gz, five.npz and five.parquet in the current folder.
# The last column is the row's number plus 5, by which Get-RowNumber tells the rows of a matrix made of it.
function New-FiveRows {
    $rows = (1, 0, 0, 5), (0, 1, 0, 6), (0, 0, 1, 7), (1, 1, 0, 8), (0, 1, 1, 9)
    $labels, $cameras, $names = (1, 2, -1, 1, 0), (1, 1, 2, 2, 3), ('a/1.jpg', 'a/2.jpg', 'b/3.png', 'b/4.jpg', 'c[1].jpg')
    $matrix = [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, [long[]] $labels, [int[]] $cameras, [string[]] $names, 'Query')
    'name,label,camera,f0,f1,f2,f3', (0..4 | ForEach-Object { "$($names[$_]),$($labels[$_]),$($cameras[$_]),$($rows[$_] -join ',')" }) |
        ForEach-Object { $_ } | Set-Content five.csv
    'csv.gz', 'npz', 'parquet' | ForEach-Object { $matrix | Export-FeatureMatrix "five.$_" -Force }
    $matrix
}
function Get-RowNumber($Matrix) { 0..($Matrix.RowCount - 1) | ForEach-Object { $Matrix.GetRow($_)[-1] - 5 } }

# A matrix with its values and its role alone.
function ConvertTo-Bare { process { [GnnReRank.FeatureMatrix]::FromRows([float[][]] (Get-Rows $_), $null, $null, $null, $_.Role) } }

# A matrix with its values, its role and the names of the files in a folder of New-MarketFolder.
function ConvertTo-Named([string] $Folder) {
    process {
        $names = [string[]] (Get-ChildItem $Folder | Sort-Object { [int] ($_.Name -split '_')[2] } | ForEach-Object Name)
        [GnnReRank.FeatureMatrix]::FromRows([float[][]] (Get-Rows $_), $null, $null, $names, $_.Role)
    }
}
function Get-Rows($Matrix) { for ($row = 0; $row -lt $Matrix.RowCount; $row++) { , $Matrix.GetRow($row) } }

# What a script block does in a session of its own, stream by stream: Output, Errors (written or thrown), ErrorId of the one error,
# Warnings, Verbose, Progress. It starts in the current folder; -Variables gives it values by name.
function Invoke-Apart([string] $Script, [hashtable] $Variables = @{}) {
    $shell = New-Apart $Script $Variables
    $thrown = $null
    $output = @()
    try { $output = @($shell.Invoke()) }
    catch [Management.Automation.MethodInvocationException] { $thrown = $_.Exception.InnerException.ErrorRecord }
    $errors = @(@($shell.Streams.Error) + $thrown | Where-Object { $_ })
    $result = [pscustomobject]@{
        Output   = $output
        Errors   = $errors
        ErrorId  = if ($errors) { $errors[0].FullyQualifiedErrorId.Split(',')[0] } else { $null }
        Warnings = @($shell.Streams.Warning | ForEach-Object Message)
        Verbose  = @($shell.Streams.Verbose | ForEach-Object Message)
        Progress = @($shell.Streams.Progress)
    }
    $shell.Runspace.Dispose()
    $shell.Dispose()
    $result
}

# A PowerShell object with the module imported and a script added, for BeginInvoke and Stop. The caller disposes of it and its runspace.
function New-Apart([string] $Script, [hashtable] $Variables = @{}) {
    $state = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $state.ImportPSModule([string[]] $script:manifest)
    $runspace = [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    $null = $runspace.SessionStateProxy.Path.SetLocation((Get-Location).ProviderPath)
    foreach ($name in $Variables.Keys) { $runspace.SessionStateProxy.SetVariable($name, $Variables[$name]) }
    $shell = [powershell]::Create()
    $shell.Runspace = $runspace
    $shell.AddScript($Script)
}

# Whether a condition came to hold within half a minute, which is far more than an idle machine needs.
function Wait-Until([scriptblock] $Condition, [int] $Seconds = 30) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { return $false }
        Start-Sleep -Milliseconds 20
    }

    $true
}

# A fresh pwsh, started with what stands behind: Start-Pwsh -File script.ps1 arguments. The caller waits for the process or kills it.
# -Environment sets variables for it.
function Start-Pwsh {
    [CmdletBinding(PositionalBinding = $false)]
    param([hashtable] $Environment = @{}, [Parameter(ValueFromRemainingArguments)] [string[]] $Arguments)
    $command = [Environment]::GetCommandLineArgs()[0]
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    if ($command.EndsWith('.dll')) { $start.ArgumentList.Add($command) }
    foreach ($argument in '-NoProfile', '-NonInteractive') { $start.ArgumentList.Add($argument) }
    foreach ($argument in $Arguments) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = (Get-Location).ProviderPath
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['NO_COLOR'] = '1'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}

# A fresh pwsh: Invoke-Pwsh -File script.ps1 arguments, or Invoke-Pwsh -Command text. ExitCode, Output and Error as text with \n.
function Invoke-Pwsh {
    [CmdletBinding(PositionalBinding = $false)]
    param([hashtable] $Environment = @{}, [Parameter(ValueFromRemainingArguments)] [string[]] $Arguments)
    $process = Start-Pwsh -Environment $Environment -Arguments $Arguments
    $problems = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    [pscustomobject]@{
        ExitCode = $process.ExitCode
        Output   = $output.ReplaceLineEndings("`n").TrimEnd()
        Error    = $problems.Result.ReplaceLineEndings("`n").TrimEnd()
    }
}

# The lines that a screen of 80 columns shows of what comes in.
function Show-Screen {
    param([Parameter(ValueFromPipeline)] $InputObject, [int] $Width = 80)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $all | Out-String -Stream -Width $Width | ForEach-Object TrimEnd
        }
        finally { $PSStyle.OutputRendering = $before }
    }
}

# A line with its runs of blanks made one.
function Get-Squeezed { process { ($_ -replace '\s+', ' ').Trim() } }

# An absolute path for .NET, which does not know the session's current folder.
function Resolve-Target([string] $Path) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }

Export-ModuleMember -Function *
