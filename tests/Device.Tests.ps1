# Get-ReRankDevice, and the parameters -Device and -Precision.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Write-NpzSets $TestDrive/sets.npz (New-LabelledRows 12 17 6 -Seed 2) (New-LabelledRows 60 17 6 -Seed 3)
    $query, $gallery = Import-FeatureMatrix $TestDrive/sets.npz -Set Query, Gallery
}

Describe 'Get-ReRankDevice' {
    It 'lists the processor first, and usable' {
        $first = @(Get-ReRankDevice)[0]
        $first.Id, $first.IsUsable, $first.Reason | Should -Be Cpu, $true, $null
        $first.MemoryBytes | Should -BeGreaterThan 0
        $first.Name | Should -Not -BeNullOrEmpty
    }

    It 'says why a device is not usable' {
        Get-ReRankDevice | Where-Object { $_.IsUsable -ne ($null -eq $_.Reason) } | Should -BeNullOrEmpty
    }

    It 'gives nothing where a wildcard matches nothing' {
        Get-ReRankDevice x* | Should -BeNullOrEmpty
    }

    It 'gives each device once' {
        Get-ReRankDevice cpu, c?u | Should -HaveCount 1
    }

    It 'errs at an unknown id, and gives the others' {
        Get-ReRankDevice Cuda:99, Cpu -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 1
        $problems.FullyQualifiedErrorId | Should -BeLike 'DeviceNotFound,*'
        $problems.TargetObject | Should -Be Cuda:99
        "$problems" | Should -BeLike '*Cpu (*'
    }
}

Describe '-Device' {
    It 'gives the same bits where the processor is named and where it is not: <_>' -ForEach @(
        'Invoke-GnnReRank $query $gallery -K1 10 -K2 4 {0}'
        'New-NeighborGraph $query $gallery -K1 10 {0} | Invoke-GnnReRank -K1 10 -K2 4 {0}'
        'Search-FeatureMatrix $query $gallery {0}'
    ) {
        $usual, $named = (Invoke-Expression ($_ -f '')), (Invoke-Expression ($_ -f '-Device CPU -Precision Fast'))
        $named.QueryCount, $named.Depth | Should -Be 12, 60
        foreach ($row in 0..11) {
            $named.GetIndices($row) | Should -Be $usual.GetIndices($row)
            $named.GetScores($row) | Should -Be $usual.GetScores($row)
        }
    }

    It 'is refused before a matrix is asked for: <Device>' -ForEach @(
        @{ Device = 'GPU'; Id = 'InvalidDevice' }
        @{ Device = 'Cuda:x'; Id = 'InvalidDevice' }
        @{ Device = 'OpenCL:77'; Id = 'DeviceNotFound' }
    ) {
        { & { throw 'read' } | Search-FeatureMatrix -Device $Device } | Should -Throw '*Cpu (*' -ErrorId "$Id,*" -PassThru |
            ForEach-Object TargetObject | Should -Be $Device
    }

    It 'is told by -Verbose, and nothing warns' {
        $told = Search-FeatureMatrix $query $gallery -Verbose -WarningVariable warnings 4>&1
        $told -match '^Device: CPU \(' | Should -HaveCount 1
        $warnings | Should -BeNullOrEmpty
    }
}
