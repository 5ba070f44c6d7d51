BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    $made = (New-LabelledRows 12 5 4 -Seed 2 -Cameras 2), (New-LabelledRows 60 5 4 -Seed 3 -Cameras 3)
    Write-NpzSets sets.npz @made
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    Write-NpzSets more.npz (New-LabelledRows 8 5 4 -Seed 4) (New-LabelledRows 40 5 4 -Seed 5)
    $more = Import-FeatureMatrix more.npz -Set Query, Gallery
    $rows = $sets | Compare-ReRankMethod -Method Gnn -Bootstrap 200
}

AfterAll { Pop-Location }

Describe 'Compare-ReRankMethod' {
    It 'begins with cosine, and gives what the other commands give' {
        $rows.Method | Should -Be Cosine, GNN
        $cosine, $gnn = { Search-FeatureMatrix $query $gallery }, { Invoke-GnnReRank $query $gallery } |
            ForEach-Object { & $_ | Measure-RetrievalAccuracy -Bootstrap 200 }
        $rows.DataSet | Should -Be sets.npz, sets.npz
        $rows.Mean | Should -Be $cosine.mAP, $gnn.mAP
        $rows.Rank1 | Should -Be $cosine.Rank1, $gnn.Rank1
        $rows.mINP | Should -Be $cosine.mINP, $gnn.mINP
        $rows[1].MeanLower, $rows[1].MeanUpper | Should -Be $gnn.MeanInterval.Lower, $gnn.MeanInterval.Upper
        $rows[1].Comparison.Summary | Should -Be (Compare-RetrievalAccuracy $cosine $gnn -Bootstrap 200).Summary
        $rows.Protocol | Should -Be Market1501, Market1501
        $rows | ForEach-Object { $_.Seconds | Should -BeGreaterThan 0; $_.PeakMemory | Should -BeGreaterOrEqual 0 }
    }

    It 'takes all methods where none is named' {
        $all = $sets | Compare-ReRankMethod -Bootstrap 100
        $all.Settings | ForEach-Object { [GnnReRank.ReRankMethods]::Of($_).Method } | Select-Object -Unique | Should -Be ([GnnReRank.ReRankMethods]::All.Method)
        @($all.Reason) -ne $null | Should -BeNullOrEmpty
        "$($all.Settings)" | Should -BeLike '*GNN Paper k1=26 k2=7*Diffusion k=* centred*Diffusion k=*cameras*centred*'
    }

    It 'takes settings as <Kind>' -ForEach @(
        @{ Kind = 'a hashtable by the paper''s names'; Given = { @{ Method = 'gnn'; K1 = 9; k2 = 3 } } }
        @{ Kind = 'a hashtable by speaking names'; Given = { @{ Method = 'Gnn'; NeighborCount = '9'; PropagationCount = 3; Variant = 'Paper' } } }
        @{ Kind = 'settings'; Given = { [GnnReRank.GnnReRankSettings] @{ K1 = 9; K2 = 3 } } }
        @{ Kind = 'a result of its own'; Given = { $sets | Compare-ReRankMethod -Method @{ Method = 'Gnn'; K1 = 9; K2 = 3 } | Select-Object -Last 1 } }
    ) {
        $found = $sets | Compare-ReRankMethod -Method (& $Given) -Bootstrap 100
        "$($found.Settings)" | Should -Be 'Cosine GNN Paper k1=9 k2=3 layers=2 alpha=2 lambda=0'
    }

    It 'takes settings that centre cameras' {
        ($sets | Compare-ReRankMethod -Method @{ Method = 'Diffusion'; CenterCamera = $true } -Bootstrap 100)[1].Settings.CenterCamera | Should -BeTrue
    }

    It 'takes the winner of Find-ReRankParameter' {
        $best = $sets | Find-ReRankParameter -Method Gnn -Budget 4 -Best
        ($sets | Compare-ReRankMethod -Method Cosine, $best).Settings | Should -Contain $best.Settings
    }

    It 'takes several data sets from the pipeline' {
        $null = New-MarketFolder market @made
        $dataset = Import-RetrievalDataset Market1501 market -Query ($query | ConvertTo-Named market/query) -Gallery ($gallery | ConvertTo-Named market/bounding_box_test)
        $several = $more[1], $more[0], $dataset, $query, $gallery | Compare-ReRankMethod -Method Gnn -Bootstrap 100
        $several.DataSet | Should -Be more.npz, more.npz, 'Market1501 Full', 'Market1501 Full', sets.npz, sets.npz
        $several.Protocol | Should -Be Label, Label, Market1501, Market1501, Market1501, Market1501
        
        # The folder's order of the queries is another, and so is that of the sums.
        foreach ($at in 2, 3) { $several[$at].Mean | Should -BeGreaterThan ($several[$at + 2].Mean - 1e-12); $several[$at].Mean | Should -BeLessThan ($several[$at + 2].Mean + 1e-12) }
    }

    It 'goes on after a method that cannot be had, and says why' {
        $found = $sets | Compare-ReRankMethod -Method ([GnnReRank.GnnReRankSettings] @{ K1 = 3; K2 = 5 }), Gnn -Bootstrap 100
        $found | Should -HaveCount 3
        $found[1].Mean | Should -BeNullOrEmpty
        $found[1].Reason | Should -BeLike 'K2 is 5 and K1 is 3*'
        $found[2].Mean | Should -BeGreaterThan 0
        ($found | Show-Screen | Get-Squeezed) -join ' ' | Should -BeLike '*K2 is 5*'
    }

    It 'goes on after a set that cannot be measured' {
        $bare = , (1, 2, 3, 4, 5) | ConvertTo-FeatureMatrix -Role Query
        $found = $bare, $gallery, $more[0], $more[1] | Compare-ReRankMethod -Method Gnn -Bootstrap 100 -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.DataSet | Should -Be more.npz, more.npz
        $problems.FullyQualifiedErrorId | Should -Be 'LabelsMissing,GnnReRank.Commands.CompareReRankMethodCommand'
    }

    It 'keeps rankings for a report' {
        $kept = Compare-ReRankMethod $query $gallery -Method Gnn -KeepRankings -Top 7 -Bootstrap 100
        $kept.Ranking | ForEach-Object Depth | Should -Be 7, 7
        $kept.MeanName | Should -Be mAP@7, mAP@7
        $kept.Ranking | Export-RankingReport methods.html
        (Get-Content methods.html -Raw).Contains('GNN Paper k1=') | Should -BeTrue
        @($rows.Ranking) -ne $null | Should -BeNullOrEmpty
    }

    It 'gives a row for each setup of the revisited benchmarks' {
        $lists = 0..11 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] $_; Hard = [int[]] ($_ + 12) } }
        $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 60)
        $found = $sets | Compare-ReRankMethod -Method Gnn -Protocol ROxford5k -GroundTruth $truth -Bootstrap 100
        $found.Difficulty | Should -Be Easy, Medium, Hard, Easy, Medium, Hard
        $found[4].Comparison.Before.Difficulty | Should -Be Medium
    }

    It 'gives plain figures to Export-Csv' {
        $rows | Export-Csv rows.csv
        $read = Import-Csv rows.csv
        [double]::Parse($read[1].Mean, [cultureinfo]::InvariantCulture) | Should -Be $rows[1].Mean
        [double]::Parse($read[1].Difference, [cultureinfo]::InvariantCulture) | Should -Be $rows[1].Difference
        $read[1].Settings | Should -Be "$($rows[1].Settings)"
    }

    It 'refuses <Given>: <Id>' -ForEach @(
        @{ Given = '$query | Compare-ReRankMethod'; Id = 'HalfAPair'; Says = '*query matrix*without its other*' }
        @{ Given = '$query, $query | Compare-ReRankMethod'; Id = 'HalfAPair'; Says = '*query matrix*' }
        @{ Given = '$query.WithRole("None") | Compare-ReRankMethod'; Id = 'RoleNeeded'; Says = '*-Query and -Gallery*' }
        @{ Given = '7 | Compare-ReRankMethod'; Id = 'NotAPair'; Says = 'Found a value of type Int32*' }
        @{ Given = 'Compare-ReRankMethod -Gallery $gallery'; Id = 'QueryAndGalleryNeeded'; Says = '-Gallery was given, and -Query is missing*' }
        @{ Given = 'Compare-ReRankMethod $query $gallery -Top 0'; Id = 'InvalidTop'; Says = '*at least 1*' }
        @{ Given = 'Compare-ReRankMethod $query $gallery -Method @{ K1 = 3 }'; Id = 'UnknownMethod'; Says = '*without the key Method*' }
        @{ Given = 'Compare-ReRankMethod $query $gallery -Method @{ Method = "Gnn"; K9 = 3 }'; Id = 'UnknownMethodParameter'; Says = "'K9' is no parameter of Gnn*PropagationCount*" }
        @{ Given = 'Compare-ReRankMethod $query $gallery -Method @{ Method = "Gnn"; K1 = "x" }'; Id = 'InvalidMethodValue'; Says = "'x' is no value of NeighborCount*Int32*" }
        @{ Given = 'Compare-ReRankMethod $query $gallery -Method @{ Method = "Gnn"; K1 = 0 }'; Id = 'InvalidK1'; Says = 'K1 is 0*' }
    ) {
        $result = Invoke-Apart $Given @{ query = $query; gallery = $gallery }
        $result.Output | Should -BeNullOrEmpty
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike $Says
    }
}
