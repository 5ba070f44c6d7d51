# Ctrl+C: a command ends, whatever it is doing, and its work with it. The bounds are far above what an idle machine needs.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive

    function Get-ProcessorSeconds { [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalSeconds }

    # Whether the process does next to nothing for half a second.
    function Test-Idle {
        $before = Get-ProcessorSeconds
        [Threading.Thread]::Sleep(500)
        (Get-ProcessorSeconds) - $before -lt 0.1
    }
}

AfterAll { Pop-Location }

Describe 'A stop' {
    BeforeAll {
        $matrix = ConvertTo-FeatureMatrix -InputObject (New-LabelledRows 30000 512 100 -Seed 1).Values
        $small = ConvertTo-FeatureMatrix -InputObject (New-LabelledRows 3000 3 5 -Seed 1).Values
        $ranking = Search-FeatureMatrix $small $small

        # 200,000 x 512 doubles by columns, all zeros, which takes no room on most disks.
        $file = [IO.File]::Create("$TestDrive/large.npy")
        $file.Write([byte[]] (0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0))
        $file.Write([Text.Encoding]::ASCII.GetBytes("{'descr': '<f8', 'fortran_order': True, 'shape': (200000, 512), }".PadRight(117) + "`n"))
        $file.SetLength(128 + 200000L * 512 * 8)
        $file.Dispose()

        $line = [string]::Join(',', [Linq.Enumerable]::Repeat('0.5', 100000))
        [IO.File]::WriteAllLines("$TestDrive/wide.csv", [string[]] [Linq.Enumerable]::Repeat($line, 300))
    }

    # Two billion layers: what does not stop goes on for ever, on any machine.
    It 'ends <Command>' -ForEach @(
        @{ Command = 'New-NeighborGraph -Gallery $matrix -NeighborCount 60 -ThrottleLimit 2' }
        @{ Command = 'Convert-FeatureMatrix $small -LearnFrom (@($matrix) * 500) -Whiten' }
        @{ Command = 'Invoke-GnnReRank -Query $small -Gallery $small -Layers 2000000000' }
        @{ Command = 'Import-FeatureMatrix large.npy -ElementType Float16' }
        @{ Command = 'Import-FeatureMatrix wide.csv' }
        @{ Command = '$ranking | Expand-Ranking | ForEach-Object { $isUnderWay.Value = $true; $_ }' }
    ) {
        $isUnderWay = [ref] $false
        $shell = New-Apart $Command @{ matrix = $matrix; small = $small; ranking = $ranking; isUnderWay = $isUnderWay }
        $output = [Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]] $null, $output)
        Wait-Until { $isUnderWay.Value -or $shell.Streams.Progress.Count } | Should -BeTrue -Because 'the command has to come under way'
        $running.IsCompleted | Should -BeFalse -Because 'a command that has ended cannot be stopped: it needs more to do'

        $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $written = $output.Count
        Wait-Until { Test-Idle } | Should -BeTrue -Because 'the work ends with the command'
        $output.Count | Should -Be $written
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }
}
