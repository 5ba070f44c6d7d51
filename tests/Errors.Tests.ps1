# One thing in place of another: the message says what was found, what is needed, and what makes it.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    $m = New-FiveRows
    $null = New-MarketFolder market (New-LabelledRows 2 3 2 -Seed 1 -Cameras 2) (New-LabelledRows 3 3 2 -Seed 2 -Cameras 2)
    $set = Import-RetrievalDataset Market1501 market
    $ranking = Search-FeatureMatrix $m $m
    $accuracy = $ranking | Measure-RetrievalAccuracy -Protocol Label
    $graph = New-NeighborGraph -Gallery $m -NeighborCount 2
}

AfterAll { Pop-Location }

Describe 'The wrong input' {
    It 'is told with a remedy: <Script>' -ForEach @(
        @{ Script = '$m | Measure-RetrievalAccuracy'; Found = 'Found a FeatureMatrix, and a ranking is needed'; Remedy = 'Invoke-GnnReRank' }
        @{ Script = 'Measure-RetrievalAccuracy $set'; Found = 'Found a RetrievalDataset'; Remedy = 'Search-FeatureMatrix' }
        @{ Script = '$graph | Expand-Ranking'; Found = 'Found a NeighborGraph'; Remedy = 'Invoke-GnnReRank' }
        @{ Script = '$accuracy | Show-Ranking'; Found = 'Found a result of Measure-RetrievalAccuracy'; Remedy = 'that was measured' }
        @{ Script = '$m | Show-Ranking'; Found = 'Found a FeatureMatrix'; Remedy = 'Invoke-GnnReRank' }
        @{ Script = 'Show-Ranking $ranking -Before $m'; Found = 'Found a FeatureMatrix'; Remedy = 'Invoke-GnnReRank' }
        @{ Script = '$m | Export-Ranking r.csv'; Found = 'Found a FeatureMatrix'; Remedy = 'Invoke-GnnReRank' }
        @{ Script = '$set | Export-RankingReport r.html'; Found = 'Found a RetrievalDataset'; Remedy = 'Invoke-GnnReRank' }
        @{ Script = 'Invoke-GnnReRank five.csv five.npz'; Found = "Found the text 'five.csv'"; Remedy = 'Import-FeatureMatrix' }
        @{ Script = 'Search-FeatureMatrix $set $set'; Found = 'Found a data set'; Remedy = 'Query and Gallery' }
        @{ Script = 'New-NeighborGraph -Gallery $ranking'; Found = 'Found a Ranking'; Remedy = 'Query and Gallery' }
        @{ Script = '$set | Select-FeatureMatrix -First 1'; Found = 'Found a data set'; Remedy = 'Query and Gallery' }
        @{ Script = "'five.csv' | Join-FeatureMatrix"; Found = "Found the text 'five.csv'"; Remedy = 'Import-FeatureMatrix' }
        @{ Script = '$ranking | Export-FeatureMatrix x.npy'; Found = 'Found a Ranking'; Remedy = 'Query and Gallery' }
        @{ Script = 'Import-RetrievalDataset Market1501 market -Features five.csv'; Found = "Found the text 'five.csv'"; Remedy = 'Import-FeatureMatrix' }
        @{ Script = '$ranking | Measure-RetrievalAccuracy -GroundTruth market'; Found = '-GroundTruth is of type String'; Remedy = 'Import-RetrievalDataset' }
        @{ Script = '$ranking | Measure-RetrievalAccuracy -Draws 3'; Found = '-Draws was given, and the protocol is Market1501: it belongs to Cuhk03Classic and VehicleId'; Remedy = 'name such a protocol' }
    ) {
        { Invoke-Expression $Script } | Should -Throw "*$Found*" -PassThru | ForEach-Object { "$_" } | Should -BeLike "*$Remedy*"
    }
}
