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

Describe 'A graph made elsewhere' {
    BeforeAll {
        # Cosine distances of each row to its nearest six others, two of them named twice and one list out of order.
        $lines = foreach ($id in 0..19) {
            $to, $cosine = $graph.GetNeighbors($id), $graph.GetScores($id)
            foreach ($place in 0..6 + @(3) * ($id -in 4, 5)) { "$id,$($to[$place]),$(1 - $cosine[$place])" }
        }
        Set-Content pairs.csv (@('id,neighbor_id,distance') + $lines)
        $cosines = @{ ScoreKind = 'CosineDistance'; Query = $query; Gallery = $gallery }
    }

    It 'is repaired, and one warning counts what was' {
        $read = Import-NeighborGraph pairs.csv @cosines -WarningVariable told
        $told | Should -HaveCount 1
        "$told" | Should -BeLike '*pairs.csv''*2 of 20 lists were repaired: 2 named a row twice*'
        $read.NeighborCount | Should -Be 8
        foreach ($vertex in 0..19) { $read.GetNeighbors($vertex) | Should -Be $graph.GetNeighbors($vertex) }
        ($read | Invoke-GnnReRank -K1 7 -K2 3).GetIndices(1) | Should -Be ($graph | Invoke-GnnReRank -K1 7 -K2 3).GetIndices(1)
    }

    It 'keeps the nearest of a square matrix, and its recall is told' {
        $square = $sets | New-NeighborGraph -K 20
        $rows = foreach ($i in 0..19) {
            $row, $cosine, $at = [float[]]::new(20), $square.GetScores($i), 0
            foreach ($to in $square.GetNeighbors($i)) { $row[$to] = $cosine[$at++] }
            , $row
        }
        $rows | ConvertTo-FeatureMatrix | Export-FeatureMatrix square.npy
        $read = Import-NeighborGraph square.npy -K 7 -Query $query -Gallery $gallery -Verbose -WarningVariable told 4>&1
        "$read" | Should -Match 'recall 1.000 on 20 rows'
        $told | Should -BeNullOrEmpty
        $read[-1].Approximation | Should -BeNullOrEmpty
        foreach ($vertex in 0..19) { $read[-1].GetNeighbors($vertex) | Should -Be $graph.GetNeighbors($vertex) }
    }

    It 'says how little it fits other features' {
        # Rows in an order that leaves no two of a cluster together.
        $moved = 0..19 | ForEach-Object { $_ * 7 % 20 } | ForEach-Object { , ($_ -lt 5 ? $query.GetRow($_) : $gallery.GetRow($_ - 5)) } | ConvertTo-FeatureMatrix
        $read = Import-NeighborGraph kept.parquet -Gallery $moved -WarningVariable told
        "$told" | Should -BeLike '*of the nearest neighbours that 20 rows of the features have*'
        $read.Approximation.Recall | Should -BeLessThan 0.5
        "$read" | Should -BeLike '*recall 0.* on 20 rows (kept.parquet)'
    }

    It 'asks what distances are: <Kind>' -ForEach @(
        @{ Kind = $null; Id = 'ScoreKindMissing' }
        @{ Kind = 'Cosine'; Id = 'WrongScoreKind' }
    ) {
        $given = if ($Kind) { @{ ScoreKind = $Kind } } else { @{} }
        { Import-NeighborGraph pairs.csv @given } | Should -Throw '*CosineDistance*' -ErrorId "$Id,*"
    }
}
