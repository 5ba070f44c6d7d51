# -QueryMode of Invoke-ReRank and Invoke-GnnReRank. What it computes is tested in the engine.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference = 'Stop'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 5 17 6 -Seed 2 -Cameras 2) (New-LabelledRows 40 17 6 -Seed 3 -Cameras 2)
    $query, $gallery = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $graph = New-NeighborGraph -Gallery $gallery
    function Get-Lists($Ranking) { 0..4 | ForEach-Object { "$($Ranking.GetIndices($_))", ($Ranking.GetScores($_).ForEach('ToString', 'R') -join ' ') } }
}

AfterAll { Pop-Location }

Describe '-QueryMode' {
    It 'ranks each query as if it were the only one, from matrices and from a graph of the gallery: <Command>' -ForEach @(
        @{ Command = 'Invoke-ReRank' }
        @{ Command = 'Invoke-GnnReRank -K1 8 -K2 3' }
        @{ Command = 'Invoke-ReRank -Method RankDiffusion -ListLength 12' }
    ) {
        $alone = Invoke-Expression "`$query, `$gallery | $Command -QueryMode Independent"
        Get-Lists (Invoke-Expression "`$graph | $Command -Query `$query -QueryMode Independent") | Should -Be (Get-Lists $alone)
        $one = $query | Select-FeatureMatrix -First 1
        $first = Invoke-Expression "`$one, `$gallery | $Command -QueryMode Independent"
        $first.GetScores(0) | Should -Be $alone.GetScores(0)
        Get-Lists (Invoke-Expression "`$query, `$gallery | $Command") | Should -Not -Be (Get-Lists $alone)
    }

    It 'is named by all that is made of the ranking' {
        $alone = $query, $gallery | Invoke-ReRank -QueryMode Independent
        $together = $query, $gallery | Invoke-ReRank
        "$($alone.Settings)" | Should -BeLike 'Diffusion * single queries'
        $accuracy = $alone | Measure-RetrievalAccuracy -Bootstrap 100
        $comparison = Compare-RetrievalAccuracy $together $alone
        $alone.QueryMode, $accuracy.QueryMode, $comparison.QueryMode, $together.QueryMode |
            Should -Be 'Independent', 'Independent', 'Independent', 'Batch'
        $near = $graph.WithApproximation([GnnReRank.GraphApproximation]::new(0.97, 100, 'clusters'))
        $found = $near | Invoke-ReRank -Query $query -QueryMode Independent
        $found.Recall, ($found | Measure-RetrievalAccuracy).Recall, $alone.Recall | Should -Be 0.97, 0.97, $null
    }

    It 'is a key of Compare-ReRankMethod' {
        $methods = @{ Method = 'Diffusion' }, @{ Method = 'Diffusion'; QueryMode = 'Independent' }
        $found = $query, $gallery | Compare-ReRankMethod -Method $methods -Bootstrap 100
        $found[1..2].Settings.QueryMode | Should -Be 'Batch', 'Independent'
        { $query, $gallery | Compare-ReRankMethod -Method @{ Method = 'Gnn'; QueryMode = 'Alone' } } |
            Should -Throw "*'Alone' is no QueryMode: use Batch or Independent*" -ErrorId 'InvalidQueryMode*'
    }

    It 'completes' {
        (TabExpansion2 'Invoke-ReRank -QueryMode ' 25).CompletionMatches.CompletionText | Should -Be 'Batch', 'Independent'
    }

    It 'says how, where a graph is of other rows: <Script>' -ForEach @(
        @{ Script = 'New-NeighborGraph $query $gallery | Invoke-ReRank -QueryMode Independent'; Id = 'GraphHoldsQueries'; Hint = 'New-NeighborGraph -Gallery' }
        @{ Script = '$graph | Invoke-ReRank -QueryMode Independent'; Id = 'QueriesMissing'; Hint = '-Query' }
        @{ Script = '$graph | Invoke-ReRank'; Id = 'GraphLacksQueries'; Hint = '-QueryMode Independent' }
        @{ Script = '$query, $gallery | Invoke-ReRank -QueryMode Independent -Neighbors 50 -WarningAction Stop'; Id = 'ActionPreferenceStop'; Hint = 'the gallery and a query have 41 rows' }
    ) {
        { Invoke-Expression $Script } | Should -Throw "*$Hint*" -ErrorId "$Id*"
    }
}
