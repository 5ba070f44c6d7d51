BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    function Get-Completion($Typed) { (TabExpansion2 $Typed $Typed.Length).CompletionMatches }
}

Describe 'Completion' {
    It 'offers values with a line that says what they mean: <Typed>' -ForEach @(
        @{ Typed = 'Invoke-GnnReRank -K1 '; Values = '26', '60'; Meaning = 'Market-1501' }
        @{ Typed = 'Invoke-GnnReRank -NeighborCount '; Values = '26', '60'; Meaning = 'Market-1501' }
        @{ Typed = 'Invoke-GnnReRank -K2 '; Values = '7', '10'; Meaning = 'Market-1501' }
        @{ Typed = 'Invoke-GnnReRank -K2 1'; Values = '10'; Meaning = 'VeRi-776' }
        @{ Typed = 'New-NeighborGraph -NeighborCount '; Values = '26', '60'; Meaning = 'Market-1501' }
        @{ Typed = 'Convert-FeatureMatrix -Pca '; Values = '128', '256'; Meaning = 'hundred' }
        @{ Typed = 'New-FeatureTransform -Whiten -Shrinkage '; Values = '0.5', '0.1', '0'; Meaning = 'default' }
        @{ Typed = 'Invoke-GnnReRank -Device a'; Values = 'Auto'; Meaning = 'best GPU' }
        @{ Typed = 'New-ReRankIndex -Method g'; Values = 'Gnn'; Meaning = 'arXiv 2012.07620' }
        @{ Typed = 'New-ReRankClusterJob -Method '; Values = 'Cosine', 'Gnn', 'Diffusion'; Meaning = 'osine' }
        @{ Typed = 'New-ReRankClusterJob -MemoryPerTask 1'; Values = '16GB'; Meaning = 'default' }
        @{ Typed = 'Search-ReRankIndex -MinimumScore '; Values = '0.5', '0.8'; Meaning = 'alike' }
        @{ Typed = 'Find-ReRankParameter -Budget '; Values = '24', '6', '100'; Meaning = 'default' }
        @{ Typed = 'Find-ReRankParameter -Protocol ro'; Values = 'ROxford5k'; Meaning = '-GroundTruth' }
        @{ Typed = 'Import-RetrievalDataset M'; Values = 'Market1501', 'Msmt17'; Meaning = 'bounding_box_test' }
        @{ Typed = 'Import-RetrievalDataset VehicleId x -Variant '; Values = '800', '1600', '2400'; Meaning = 'VehicleId' }
        @{ Typed = 'Import-RetrievalDataset -Dataset CUHK03-NP x -Variant l'; Values = 'Labeled'; Meaning = 'Cuhk03NP' }
        @{ Typed = 'Measure-RetrievalAccuracy -Protocol C'; Values = 'CUHK03-NP', 'Cuhk03Classic', 'CUB200', 'Cars196'; Meaning = 'rule of Market1501' }
        @{ Typed = 'Measure-RetrievalAccuracy -Protocol ro'; Values = 'ROxford5k'; Meaning = '-GroundTruth' }
    ) {
        $found = Get-Completion $Typed
        $found.CompletionText | Should -Be $Values
        $found[0].ToolTip | Should -BeLike "*$Meaning*"
    }

    It 'offers <Value> for <Typed>' -ForEach @(
        @{ Typed = 'Invoke-GnnReRank -Variant '; Value = 'Reference' }
        @{ Typed = 'Invoke-GnnReRank -Aggregator '; Value = 'Max' }
        @{ Typed = 'Invoke-GnnReRank -Precision '; Value = 'Fast' }
        @{ Typed = 'Measure-RetrievalAccuracy -Protocol '; Value = 'Market1501' }
        @{ Typed = 'Measure-RetrievalAccuracy -Divide '; Value = 'All' }
        @{ Typed = 'Compare-RetrievalAccuracy -Protocol '; Value = 'Label' }
        @{ Typed = 'Find-ReRankParameter -Metric '; Value = 'Rank1' }
        @{ Typed = 'Show-Ranking -Protocol '; Value = 'LeaveOneOut' }
        @{ Typed = 'Measure-RetrievalAccuracy -Difficulty '; Value = 'Hard' }
        @{ Typed = 'Import-FeatureMatrix a.npz -Set '; Value = 'Query' }
        @{ Typed = 'Import-FeatureMatrix a.npz -Set Query, '; Value = 'Gallery' }
        @{ Typed = 'Import-FeatureMatrix a.npz -Role '; Value = 'Query' }
        @{ Typed = 'Import-FeatureMatrix a.npz -Format '; Value = 'Parquet' }
        @{ Typed = 'Import-FeatureMatrix -ExampleName '; Value = 'Emoji' }
        @{ Typed = 'Import-FeatureMatrix a.npz -ElementType '; Value = 'Float16' }
        @{ Typed = 'Start-ReRankClusterJob -Engine '; Value = 'Local' }
        @{ Typed = 'Import-NeighborGraph a.npy -ScoreKind '; Value = 'CosineDistance' }
        @{ Typed = 'Import-NeighborGraph a.csv -MatchBy '; Value = 'Name' }
        @{ Typed = 'Export-Ranking a.run -Format '; Value = 'Trec' }
        @{ Typed = 'Export-RankingReport a.html -ApKind '; Value = 'Uninterpolated' }
        @{ Typed = 'Export-RankingReport a.html -Protocol '; Value = 'ROxford5k' }
    ) {
        (Get-Completion $Typed).CompletionText | Should -Contain $Value
    }

    It 'of a device offers the usable ones and their names: <_>' -ForEach 'Invoke-GnnReRank', 'New-NeighborGraph', 'Search-FeatureMatrix',
        'Find-ReRankParameter', 'Compare-ReRankMethod', 'New-ReRankIndex' {
        $usable = @(Get-ReRankDevice | Where-Object IsUsable)
        $found = Get-Completion "$_ -Device "
        $found.CompletionText | Should -Be (@('Auto') + $usable.Id)
        $found.ToolTip | Select-Object -Skip 1 | Should -Be $usable.Name
    }

    It 'of a listed device offers all' {
        (Get-Completion 'Get-ReRankDevice ').CompletionText | Should -Be (Get-ReRankDevice).Id
    }
}
