# Export-NeighborGraph and Import-NeighborGraph.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 5 8 3 -Seed 2) (New-LabelledRows 15 8 3 -Seed 3)
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $graph = $sets | New-NeighborGraph -K 7
    $graph | Export-NeighborGraph kept.parquet
}

AfterAll { Pop-Location }

Describe 'A graph' {
    It 'comes back from <Files>' -ForEach @(
        @{ To = @{ Path = 'graph.parquet' }; Files = @('graph.parquet') }
        @{ To = @{ Path = 'graph.npy' }; Files = 'graph.npy', 'graph.scores.npy' }
        @{ To = @{ Path = 'pair.npy'; ScorePath = 'cosine.npy' }; Files = 'pair.npy', 'cosine.npy' }
        @{ To = @{ Path = 'a[1].npy'; ScorePath = 'b[1].npy' }; Files = 'a[1].npy', 'b[1].npy' }
    ) {
        ($graph | Export-NeighborGraph @To -PassThru).Name | Should -Be $Files
        $read = Import-NeighborGraph @To
        $read.VertexCount, $read.NeighborCount | Should -Be 20, 7
        foreach ($vertex in 0..19) {
            $read.GetNeighbors($vertex) | Should -Be $graph.GetNeighbors($vertex)
            $read.GetScores($vertex) | Should -Be $graph.GetScores($vertex)
        }
    }

    It 'takes its matrices at import' {
        $read = Get-Item kept.parquet | Import-NeighborGraph -Query $query -Gallery $gallery
        ($read | Invoke-GnnReRank -K1 7 -K2 3).GetIndices(2) | Should -Be ($graph | Invoke-GnnReRank -K1 7 -K2 3).GetIndices(2)
    }

    It 'without matrices is not re-ranked, and the message says how to give them' {
        { Import-NeighborGraph kept.parquet | Invoke-GnnReRank -K1 7 -K2 3 } | Should -Throw '*-Query*-Gallery*'
    }

    It 'refuses matrices of other sizes' {
        { Import-NeighborGraph kept.parquet -Query $query } | Should -Throw -ErrorId 'GraphDoesNotFit,*'
    }

    It 'is not read from <Path>' -ForEach @(
        @{ Path = 'missing.parquet'; Id = 'FileNotFound' }
        @{ Path = 'graph.unknown'; Id = 'UnknownFormat' }
        @{ Path = '.'; Id = 'UnknownFormat' }
    ) {
        { Import-NeighborGraph $Path } | Should -Throw -ErrorId "$Id,*"
    }

    It 'replaces files only with -Force, both or none' {
        Set-Content there.scores.npy kept
        { $graph | Export-NeighborGraph there.npy } | Should -Throw -ErrorId 'FileExists,*'
        'there.npy' | Should -Not -Exist
        Get-Content there.scores.npy | Should -Be kept
        $graph | Export-NeighborGraph there.npy -Force
        (Import-NeighborGraph there.npy).VertexCount | Should -Be 20
    }

    It 'is alone in its file' {
        { $graph, $graph | Export-NeighborGraph two.parquet } | Should -Throw '*ForEach-Object*' -ErrorId 'SeveralForOneFile,*'
        'two.parquet' | Should -Not -Exist
    }
}
