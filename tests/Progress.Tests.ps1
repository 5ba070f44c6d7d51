# What long calls say while they run.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
}

Describe '-Verbose' {
    It 'tells sizes, and nothing is told unless asked' {
        Write-NpzSets $TestDrive/sets.npz (New-LabelledRows 5 8 3 -Seed 2) (New-LabelledRows 15 8 3 -Seed 3)
        $script = { param([switch] $Verbose)
            Import-FeatureMatrix $TestDrive/sets.npz -Set Query, Gallery -Verbose:$Verbose | Invoke-GnnReRank -K1 6 -K2 3 -Verbose:$Verbose }
        $told = & $script -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        # Two matrices and at least two stages speak.
        $told.Count | Should -BeGreaterOrEqual 4
        $told -match 'query 5 x 8' | Should -Not -BeNullOrEmpty
        $told -match '^Memory: features' | Should -Not -BeNullOrEmpty
        & $script 4>&1 | Should -HaveCount 1
    }
}

Describe 'The progress of a long call' {
    BeforeAll {
        $matrix = ConvertTo-FeatureMatrix -InputObject (New-LabelledRows 20000 512 50 -Seed 4).Values

        # One thread, that the call takes a while on any machine.
        $long = 'New-NeighborGraph -Gallery $matrix -ThrottleLimit 1'
    }

    It 'is shown at most five times a second, and taken away' {
        $result = Invoke-Apart "`$clock = [Diagnostics.Stopwatch]::StartNew(); `$null = $long; `$clock.Elapsed.TotalSeconds" @{ matrix = $matrix }
        $result.Errors | Should -BeNullOrEmpty
        $shown = @($result.Progress | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        $shown.Count | Should -BeLessOrEqual (2 + 5 * $result.Output[0])
        $shown.Activity | Sort-Object -Unique | Should -Be New-NeighborGraph
        $shown.StatusDescription | Should -Not -Contain ''
        $shown.PercentComplete | Where-Object { $_ -lt 0 -or $_ -gt 100 } | Should -BeNullOrEmpty
        $result.Progress[-1].RecordType | Should -Be Completed
    }

    It 'is taken away where the command is cut short: <_>' -ForEach 'Select-Object -First 1', "ForEach-Object { throw 'after' }" {
        $result = Invoke-Apart "$long | $_" @{ matrix = $matrix }
        $result.Progress.Count | Should -BeGreaterThan 1
        $result.Progress[-1].RecordType | Should -Be Completed
    }
}
