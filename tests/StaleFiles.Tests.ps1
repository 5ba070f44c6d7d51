# What a killed export leaves is removed by the next one to that place, and what a living one writes is not.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $small = (1, 0), (0, 1) | ConvertTo-FeatureMatrix
    $images = 1..4 | ForEach-Object { [pscustomobject]@{ Features = 1, $_; Identity = $_ % 2 } } | ConvertTo-FeatureMatrix -Property Features -Label Identity
    $ranking = Search-FeatureMatrix $images $images

    # 8,000 rows of 25,000 values, all but the first of each 0 and without room on the disk: as compressed text they take long to write.
    $file = [IO.File]::Create((Join-Path $TestDrive wide.npy))
    $file.Write([byte[]] (0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0))
    $file.Write([Text.Encoding]::ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (8000, 25000), }".PadRight(117) + "`n"))
    $file.SetLength(128 + 4L * 8000 * 25000)
    for ($row = 0; $row -lt 8000; $row++) {
        $file.Position = 130 + 100000L * $row
        $file.Write([byte[]] (0x80, 0x3F))
    }
    $file.Dispose()

    # A process that is busy with an export to the path.
    function Start-Export([string] $Script, [string] $Path) {
        $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        $command = [Environment]::GetCommandLineArgs()[0]
        if ($command.EndsWith('.dll')) { $start.ArgumentList.Add($command) }
        '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$(Get-RepositoryPath GnnReRank.psd1)'; $Script '$Path' -Force" |
            ForEach-Object { $start.ArgumentList.Add($_) }
        $start.WorkingDirectory = $TestDrive
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $watcher = [IO.FileSystemWatcher]::new((Split-Path $Path))
        $process = [Diagnostics.Process]::Start($start)
        do { $null = $watcher.WaitForChanged([IO.WatcherChangeTypes]::Created, 1000) } until ((Get-Hidden $Path) -or $process.HasExited)
        $watcher.Dispose()
        if ($process.HasExited) { throw "The export ended: $($process.StandardError.ReadToEnd())" }
        $process
    }

    function Stop-Export($Process) {
        $Process.Kill()
        $Process.WaitForExit()
    }

    # The hidden files beside a path.
    function Get-Hidden([string] $Path) { @([IO.Directory]::GetFiles((Split-Path $Path), ".$(Split-Path -Leaf $Path).*")) }
}

AfterAll { Pop-Location }

Describe 'An export of <Kind> that is killed' -ForEach @(
    @{ Kind = 'features'; Name = 'wide.csv.gz'; Script = 'Import-FeatureMatrix wide.npy -MemoryMapped | Export-FeatureMatrix'; Export = { $small | Export-FeatureMatrix @args } }
    @{
        Kind   = 'a report'; Name = 'page.html'; Export = { $ranking | Export-RankingReport @args }
        Script = '$m = 1..2000 | ForEach-Object { [pscustomobject]@{ F = 1, $_; I = $_ % 9 } } | ConvertTo-FeatureMatrix -Property F -Label I; @(Search-FeatureMatrix $m $m) * 8 | Export-RankingReport -Bootstrap 1000000 -Path'
    }
) {
    BeforeAll {
        $null = New-Item -ItemType Directory $Kind
        $path = Join-Path $TestDrive $Kind $Name
        $process = Start-Export $Script $path
    }

    AfterAll { if (-not $process.HasExited) { Stop-Export $process } }

    It 'keeps its files while it lives, whoever writes there' {
        & $Export $path
        $process.HasExited | Should -BeFalse
        Get-Hidden $path | Should -Not -BeNullOrEmpty
    }

    It 'leaves them, and exports to other places let them be' {
        Stop-Export $process
        $script:left = Get-Hidden $path
        $left | Should -Not -BeNullOrEmpty
        & $Export (Join-Path $TestDrive $Kind "another $Name")
        & $Export (Join-Path $TestDrive $Kind "$Name.$Name")
        Get-Hidden $path | Should -Be $left
    }

    It 'leaves them where the system has no locks to tell the dead by' {
        $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = '1'
        try { $run = Invoke-Pwsh -Command "Import-Module '$(Get-RepositoryPath GnnReRank.psd1)'; (1, 0), (0, 1) | ConvertTo-FeatureMatrix | Export-FeatureMatrix '$path' -Format Csv -Force" }
        finally { $env:DOTNET_SYSTEM_IO_DISABLEFILELOCKING = $null }
        $run.Error | Should -BeNullOrEmpty
        Get-Hidden $path | Should -Be $left
    }

    It 'has them removed by the next to that place' {
        & $Export $path -Force
        Get-Hidden $path | Should -BeNullOrEmpty
        (Get-ChildItem $Kind -Force).Name | Should -Be "another $Name", $Name, "$Name.$Name"
    }
}

Describe 'An export that replaces a file' {
    It 'keeps its mode: <Name>' -Skip:$IsWindows -ForEach @(
        @{ Name = 'small.csv'; Export = { $small | Export-FeatureMatrix @args } }
        @{ Name = 'small.npz'; Export = { $small | Export-FeatureMatrix @args } }
        @{ Name = 'small.parquet'; Export = { $small | Export-FeatureMatrix @args } }
        @{ Name = 'ranking.parquet'; Export = { $ranking | Export-Ranking @args } }
        @{ Name = 'page.html'; Export = { $ranking | Export-RankingReport @args } }
        @{ Name = 'graph.npy'; Export = { New-NeighborGraph -Gallery $images -NeighborCount 2 | Export-NeighborGraph @args } }
    ) {
        & $Export $Name
        [IO.File]::SetUnixFileMode((Join-Path $TestDrive $Name), 'UserRead, UserWrite')
        & $Export $Name -Force
        [IO.File]::GetUnixFileMode((Join-Path $TestDrive $Name)) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
    }
}
