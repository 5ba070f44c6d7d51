# Several rankings made one. The sums are tested in the engine.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 6 8 3 -Seed 2 -Cameras 2) (New-LabelledRows 15 8 3 -Seed 3 -Cameras 3)
    $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $cosine = $sets | Search-FeatureMatrix
    $gnn = $sets | Invoke-GnnReRank -K1 8 -K2 3
}

AfterAll { Pop-Location }

Describe 'Merge-Ranking' {
    It 'sums reciprocal ranks, from the pipeline or a list' {
        $piped = $cosine, $gnn | Merge-Ranking
        $listed = Merge-Ranking $cosine, $gnn -K 60
        $first = $cosine.GetIndices(0)
        $second = $gnn.GetIndices(0)
        $sums = 0..14 | ForEach-Object { [pscustomobject]@{ Row = $_; Sum = [float] (1 / (61 + [Array]::IndexOf($first, $_)) + 1 / (61 + [Array]::IndexOf($second, $_))) } }
        $expected = ($sums | Sort-Object @{ Expression = 'Sum'; Descending = $true }, Row).Row
        $piped.GetIndices(0) | Should -Be $expected
        $listed.GetIndices(0) | Should -Be $expected
        $piped.IsFull | Should -BeTrue
        "$($piped.Settings)" | Should -Be "RRF k=60 of Cosine + $($gnn.Settings)"
    }

    It 'binds <Given>' -ForEach @(
        @{ Given = '-Fusion MinMax -Weight 0.25, 0.75'; Settings = 'MinMax of 0.25 x Cosine + 0.75 x GNN *' }
        @{ Given = '-Fusion ZScore'; Settings = 'ZScore of Cosine + GNN *' }
        @{ Given = '-RankConstant 0.5 -Weight 1, 0'; Settings = 'RRF k=0.5 of Cosine' }
    ) {
        $merged = Invoke-Expression "`$cosine, `$gnn | Merge-Ranking $Given -Top 4 -ThrottleLimit 1"
        "$($merged.Settings)" | Should -BeLike $Settings
        $merged.Depth | Should -Be 4
        $merged.Settings | Should -BeOfType GnnReRank.MergedSettings
    }

    It 'gives a ranking that is measured, compared, shown and reported' {
        $merged = $cosine, $gnn | Merge-Ranking
        (Compare-RetrievalAccuracy $cosine $merged).Queries.Count | Should -Be 6
        $cosine, $gnn, $merged | Export-RankingReport report.html
        $merged | Show-Screen | Get-Squeezed | Should -Contain '6 15 all RRF k=60 of Cosine + GNN Paper k1=8 k2=3 L=2'
        $merged | Export-Ranking merged.run
        ($sets | Import-Ranking merged.run).GetIndices(3) | Should -Be $merged.GetIndices(3)
    }

    It 'takes imported runs with lists of any length' {
        'q0 Q0 g3 1 2.5 BM25', 'q1 Q0 g1 1 7 BM25' | Set-Content other.run
        $run = $sets | Import-Ranking other.run -WarningAction SilentlyContinue
        $merged = $run, ($sets | Search-FeatureMatrix -Top 2) | Merge-Ranking -Weight 2, 1
        $merged.GetIndices(0)[0] | Should -Be 3
        $merged.ShortestDepth | Should -Be 2
    }

    It 'refuses <Script>' -ForEach @(
        @{ Script = '$cosine | Merge-Ranking'; Id = 'NothingToMerge'; Hint = 'at least two' }
        @{ Script = '$cosine, $gnn | Merge-Ranking -Weight 1, 2, 3'; Id = 'WeightCountMismatch'; Hint = '3 weights were given for 2 rankings' }
        @{ Script = '$cosine, $gnn | Merge-Ranking -Weight 1, -2'; Id = 'InvalidWeight'; Hint = 'A weight is -2' }
        @{ Script = '$cosine, $gnn | Merge-Ranking -K -1'; Id = 'InvalidRankConstant'; Hint = 'not negative' }
        @{ Script = '$cosine, $gnn | Merge-Ranking -Top 0'; Id = 'InvalidTop'; Hint = 'at least 1' }
        @{ Script = '$cosine, (Search-FeatureMatrix $sets[1] $sets[1]) | Merge-Ranking'; Id = 'RankingsOfOtherImages'; Hint = '6 and 15 rows' }
        @{ Script = '$sets | Merge-Ranking'; Id = 'ParameterArgumentTransformationError'; Hint = 'a ranking is needed' }
    ) {
        $result = Invoke-Apart $Script @{ cosine = $cosine; gnn = $gnn; sets = $sets }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }
}
