# How results look on a screen of 80 columns.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 12 17 6 -Seed 2 -Cameras 2) (New-LabelledRows 60 17 6 -Seed 3 -Cameras 3)
    $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $sets[0] | Export-FeatureMatrix query.npy
    $sets[1] | Export-FeatureMatrix gallery.npy
    $job = New-ReRankClusterJob market.job -Query query.npy -Gallery gallery.npy -Method Cosine -MemoryPerTask 1GB
    $status = Get-ReRankClusterJob $job
    $failure = [GnnReRank.ClusterJobFailure]::new('score', 3, 4, $false, 'The disk is full.', '/somewhere/logs/score-3.log')
    $graph = $sets | New-NeighborGraph
    $ranking = $graph | Invoke-GnnReRank -Variant Reference -K1 20 -K2 10
    $cut = $sets | Search-FeatureMatrix -Top 5
    $accuracy = $ranking | Measure-RetrievalAccuracy
    $comparison = Compare-RetrievalAccuracy ($sets | Search-FeatureMatrix) $ranking
    $lists = 0..11 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] $_; Hard = [int[]] ($_ + 12) } }
    $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 60)

    $names = New-MarketFolder market (New-LabelledRows 2 17 2 -Seed 2 -Cameras 2) (New-LabelledRows 3 17 3 -Seed 3 -Cameras 3)
    $features = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 0), (0, 1)), $null, $null, [string[]] ($names[0], 'stranger.jpg'))
    $set = Import-RetrievalDataset Market1501 market -Query $features -WarningAction SilentlyContinue
    [xml] $views = Get-Content (Get-RepositoryPath module GnnReRank.Format.ps1xml) -Raw

    # The lines of a screen, with their runs of blanks made one.
    function Get-Lines { $input | Show-Screen | Get-Squeezed }
}

AfterAll { Pop-Location }

Describe 'A table' {
    It 'fits and shows what matters: <Script>' -ForEach @(
        @{ Script = '$sets'; Header = 'Role Rows Dimension Identities Cams Named Source'; Line = 'Query 12 17 6 2 False sets.npz' }
        @{ Script = 'Get-ReRankDevice'; Header = 'Id Name Memory Capability Usable'; Line = 'yes' }
        @{ Script = '$graph'; Header = 'Vertices Neighbors Queries GalleryCount Recall Source'; Line = '72 64 12 60' }
        @{ Script = '$sets | New-FeatureTransform -Pca 5'; Header = 'Dimension OutputDimension RowCount Steps'; Line = '17 5 72 5 principal components' }
        @{ Script = 'New-ReRankIndex $sets[1] -Method Cosine'; Header = 'Rows Dimension Version Method'; Line = '60 17 0 Cosine' }
        @{ Script = '$job | Format-Table'; Header = 'Queries GalleryCount Scratch Method Folder'; Line = 'KB Cosine' }
        @{ Script = '$status | Format-Table'; Header = 'State Stage Done Items TimeLeft Folder'; Line = 'Planned import 0' }
        @{ Script = '$status.Stages'; Header = 'Stage Items Done Failed Memory Scratch Reads Estimate'; Line = 'import 2 0 0' }
        @{ Script = '$failure'; Header = 'Stage Item Attempts Message'; Line = 'score 3 4 The disk is full.' }
        @{ Script = '$ranking'; Header = 'Queries GalleryCount Depth Method'; Line = '12 60 all GNN Reference k1=20 k2=10 L=2 alpha=2 lambda=0.3' }
        @{ Script = '$cut'; Header = 'Queries GalleryCount Depth Method'; Line = '12 60 5 Cosine' }
        @{ Script = '$accuracy'; Header = 'Mean % R@1 % R@5 % R@10 % mINP % Method'; Line = 'GNN Reference k1=20 k2=10 L=2 alpha=2' }
        @{ Script = '$accuracy.PerQuery'; Header = 'Query Label Good AP % First INP % Name'; Line = '0 0 6' }
        @{ Script = '$comparison'; Header = 'Mean % Points 95 % Gained Lost p Verdict Method'; Line = 'Noise GNN Reference' }
        @{ Script = '$comparison.Queries'; Header = 'Query Label Before % After % Points First was First Name'; Line = '0 0' }
        @{ Script = '($ranking | Show-Ranking -QueryIndex 3).Images'; Header = 'Rank Was Score Mark Gallery Label Camera Name'; Line = '+ good' }
        @{ Script = '$cut | Expand-Ranking -QueryIndex 3 -Top 2'; Header = 'Rank Score Match Gallery Label Name'; Line = 'Query 3, label 3' }
        @{ Script = '$sets | Find-ReRankParameter -Method Gnn -Budget 3'; Header = 'Score % Judged % Queries Round Seconds Method'; Line = 'Metric: mAP' }
        @{ Script = '$sets | Compare-ReRankMethod -Method Gnn'; Header = 'Mean % R@1 % mINP % Points Verdict Seconds MB Method'; Line = 'sets.npz: mAP in %: Market1501, 12 valid queries' }
        @{ Script = '$set'; Header = 'Data set Queries GalleryCount With features Missing'; Line = 'Market1501 Full 2 3 1 + 0 1' }
        @{ Script = '$set.QueryImages'; Header = 'Label Camera Name'; Line = '1 2 query/0001_c2s1_000000_00.jpg' }
        @{ Script = '$set.UnmatchedImages'; Header = 'Set Label Camera Name'; Line = 'Query 2 2 query/0002_c2s1_000001_0' }
        @{ Script = '$set.UnmatchedFeatures'; Header = 'Set Row Name'; Line = 'Query 1 stranger.jpg' }
    ) {
        $lines = Invoke-Expression $Script | Get-Lines
        $lines | Should -Contain $Header
        $lines -like "*$Line*" | Should -Not -BeNullOrEmpty
    }

    It 'says how the values of a matrix are kept: <Source>' -ForEach @(
        @{ Source = 'a.npy'; Given = @{}; ElementType = 'Float32'; Mapped = $false }
        @{ Source = '(mapped) a.npy'; Given = @{ MemoryMapped = $true }; ElementType = 'Float32'; Mapped = $true }
        @{ Source = '(float16) a.npy'; Given = @{ ElementType = 'Float16' }; ElementType = 'Float16'; Mapped = $false }
        @{ Source = '(mapped float16) half.npy'; Given = @{ MemoryMapped = $true }; ElementType = 'Float16'; Mapped = $true }
    ) {
        $values = (New-LabelledRows 9 17 6 -Seed 2).Values
        Write-Npy a.npy $values
        Write-Npy half.npy $values -Half
        $kept = Import-FeatureMatrix ($Source -split ' ')[-1] @Given
        ($kept | Get-Lines) -like "*False $Source" | Should -Not -BeNullOrEmpty
        $list = $accuracy, $kept | Get-Lines
        $list | Should -Contain "ElementType : $ElementType"
        $list | Should -Contain "IsMemoryMapped : $Mapped"
    }

    It 'names the mean by the depth and the queries it is over' {
        ($accuracy | Get-Lines) -like 'mAP in %: Market1501, Trapezoid AP, over 12 valid of 12 queries*' | Should -Not -BeNullOrEmpty
        ($ranking | Measure-RetrievalAccuracy -Divide All | Get-Lines) -like '*over all 12 queries' | Should -Not -BeNullOrEmpty
        $lines = $cut | Measure-RetrievalAccuracy | Get-Lines
        $lines -like 'mAP@5 in %: *' | Should -Not -BeNullOrEmpty
        $lines -like '*mAP in %*' | Should -BeNullOrEmpty
    }

    It 'shows the figures of <Script>' -ForEach @(
        @{ Script = '-Protocol RevisitedOxfordParis -GroundTruth $truth'; Header = 'Setup Mean % mP@1 % mP@5 % mP@10 % Queries Method'; Line = 'Hard' }
        @{ Script = '-Protocol University1652'; Header = 'R@1 % R@5 % R@10 % Top1% % Mean % Method'; Line = '100.00' }
        @{ Script = '-Protocol VehicleId -Seed 4'; Header = 'Mean % R@1 % R@5 % R@10 % mINP % Method'; Line = 'Mean of 10 drawn galleries, seed 4' }
        @{ Script = '-Protocol Gldv2 -GroundTruth $truth'; Header = 'Mean % R@1 % R@5 % R@10 % mINP % Method'
            Line = 'mAP@100 in %: Gldv2, Uninterpolated AP, over all 12 queries' }
        @{ Script = '-Protocol RevisitedOxfordParis -GroundTruth $truth -Divide All -Difficulty Easy'
            Header = 'Setup Mean % mP@1 % mP@5 % mP@10 % Queries Method'; Line = 'Easy' }
    ) {
        $lines = Invoke-Expression "`$ranking | Measure-RetrievalAccuracy $Script" | Get-Lines
        $lines | Should -Contain $Header
        $lines -like "$Line*" | Should -Not -BeNullOrEmpty
    }

    It 'shows the figures of a set against itself' {
        Search-FeatureMatrix $sets[1] $sets[1] -WarningAction Ignore | Measure-RetrievalAccuracy -Protocol CUB200 | Get-Lines |
            Should -Contain 'R@1 % R@10 % MAP@R % R-P % Mean % Method'
    }

    It 'names a setup among others' {
        $setups = $ranking | Measure-RetrievalAccuracy -Protocol ROxford5k -GroundTruth $truth
        ($accuracy, $setups | Get-Lines) -like 'mAP in %: RevisitedOxfordParis Hard, Trapezoid AP*' | Should -Not -BeNullOrEmpty
    }

    It 'has percents of two decimals' {
        ($accuracy | Get-Lines) -like ('{0:F2} *' -f (100 * $accuracy.mAP)) | Should -Not -BeNullOrEmpty
    }
}

Describe 'Memory' {
    It 'of <Bytes> bytes is shown as <Expected>' -ForEach @(
        @{ Bytes = 85520809984; Expected = '79.6 GB' }
        @{ Bytes = 1GB; Expected = '1.0 GB' }
        @{ Bytes = 1GB - 1MB; Expected = '1023 MB' }
        @{ Bytes = 512MB; Expected = '512 MB' }
    ) {
        $scripts = $views.SelectNodes('//ScriptBlock').InnerText -like '*MemoryBytes*'
        $scripts | Should -HaveCount 2
        foreach ($script in $scripts) { @{ MemoryBytes = $Bytes } | ForEach-Object ([scriptblock]::Create($script)) | Should -Be $Expected }
    }

    It 'of a matrix is in its list' {
        $sets[1] | Format-List | Get-Lines | Should -Contain 'Size : 4.0 KB'
    }
}

Describe 'A type' {
    It '<Type> has one table and one list, the same in a strict script' -ForEach @(
        @{ Script = '$sets[0]'; Type = 'FeatureMatrix' }
        @{ Script = '$sets | New-FeatureTransform -Pca 5'; Type = 'FeatureTransform' }
        @{ Script = '$graph'; Type = 'NeighborGraph' }
        @{ Script = 'New-ReRankIndex $sets[1]'; Type = 'ReRankIndex' }
        @{ Script = '$job'; Type = 'ReRankClusterJob' }
        @{ Script = '$status'; Type = 'ClusterJobStatus' }
        @{ Script = '$status.Stages[0]'; Type = 'ClusterStageStatus' }
        @{ Script = '$failure'; Type = 'ClusterJobFailure' }
        @{ Script = '$ranking'; Type = 'Ranking' }
        @{ Script = '$accuracy'; Type = 'RetrievalAccuracy' }
        @{ Script = '$accuracy.PerQuery[0]'; Type = 'QueryAccuracy' }
        @{ Script = '$ranking | Expand-Ranking -Top 1 -QueryIndex 0'; Type = 'RankingEntry' }
        @{ Script = 'Get-ReRankDevice Cpu'; Type = 'ReRankDevice' }
        @{ Script = '$set'; Type = 'RetrievalDataset' }
        @{ Script = '$set.QueryImages[0]'; Type = 'DatasetImage' }
        @{ Script = '$set.UnmatchedImages[0]'; Type = 'UnmatchedImage' }
        @{ Script = '$set.UnmatchedFeatures[0]'; Type = 'UnmatchedFeature' }
        @{ Script = '$comparison'; Type = 'RetrievalComparison' }
        @{ Script = '$comparison.Queries[0]'; Type = 'QueryDifference' }
        @{ Script = 'Show-Ranking $ranking -QueryIndex 0'; Type = 'RankedQuery' }
        @{ Script = '(Show-Ranking $ranking -QueryIndex 0 -Top 1).Images[0]'; Type = 'RankedImage' }
    ) {
        $value = Invoke-Expression $Script
        $value.GetType().FullName | Should -Be "GnnReRank.$Type"
        $own = "//View[ViewSelectedBy/TypeName='GnnReRank.$Type']"
        $views.SelectNodes("$own/TableControl") | Should -HaveCount 1
        $views.SelectNodes("$own/ListControl") | Should -HaveCount 1
        foreach ($form in 'Format-Table', 'Format-List') {
            $lax = & { Set-StrictMode -Off; $value | & $form | Out-String }
            & { Set-StrictMode -Version Latest; $value | & $form | Out-String } | Should -Be $lax -Because 'a script may be strict'
        }
    }

    It 'has each property that its views name' {
        foreach ($view in $views.SelectNodes('//View')) {
            $type = [type] ($view.SelectSingleNode('.//TypeName').InnerText -split '#')[0]
            $named = $view.SelectNodes('.//PropertyName').InnerText
            $named | Where-Object { -not $type.GetProperty($_) } | Should -BeNullOrEmpty -Because "they are named by $($view.Name)"
        }
    }
}

Describe 'A cluster job' {
    It 'shows what each stage needs before anything runs' {
        $lines = $job | Get-Lines
        $lines | Should -Contain 'Rows : 12 queries, 60 gallery rows x 17, in 2 shards'
        $lines | Should -Contain 'Task : all threads that it is given, 1.0 GB'
        $lines -match '^Estimate : about \d+\.\d s on these tasks$' | Should -HaveCount 1
        $lines -match '^Neighbours' | Should -BeNullOrEmpty -Because 'Cosine has none'
        $lines | Should -Contain 'Stages : Stage Items Tasks Memory Writes Reads Estimate'
        $lines -match '^Scratch : \d+\.\d KB written to the directory$' | Should -HaveCount 1
        $lines -match '^Network : \d+\.\d [KM]B read and written in all$' | Should -HaveCount 1
        foreach ($stage in $job.Stages.Stage) { $lines -match "^$stage \d+ \d+ (\d+\.\d [KM]B ){3}\d+\.\d s$" | Should -HaveCount 1 }
    }

    It 'shows how far it is, and what failed' {
        $stages = [GnnReRank.ClusterStageStatus[]] @(
            @{ Stage = 'import'; Items = 4; Done = 4; Elapsed = '0:3:0'; ProcessorTime = '2:30:0'; PeakMemoryBytes = 3GB }
            @{ Stage = 'score'; Items = 40; Done = 12; Failed = 1; Elapsed = '3.12:0:0'; ProcessorTime = '0:0:4.3'; PeakMemoryBytes = 1.5TB })
        $given = @{ Path = '/a.job'; NeighborCount = 6; Recall = 0.95; State = 'Failed'; Stages = $stages; TimeLeft = '1:30:0'; Failures = [GnnReRank.ClusterJobFailure[]] $failure }
        $lines = [GnnReRank.ClusterJobStatus] $given | Get-Lines
        $lines | Should -Contain 'Neighbours : recall 0.95 asked'
        $lines | Should -Contain 'Stages : Stage Items Done Failed Elapsed Processor Peak'
        $lines | Should -Contain 'State : Failed, score'
        $lines | Should -Contain 'Done : 16 of 44 items'
        $lines | Should -Contain 'TimeLeft : about 1.5 h'
        $lines | Should -Contain 'import 4 4 0 3.0 min 2.5 h 3.0 GB'
        $lines | Should -Contain 'score 40 12 1 3.5 d 4.3 s 1.5 TB'
        "$lines" | Should -BeLike '*Failures : item 3 of score, after 4 tries: The disk is full (log: /somewhere/logs/score-3.log)*'
    }
}

Describe 'Among others' {
    It 'a <What> shows <Shown>, and no <Hidden>' -ForEach @(
        @{ What = 'result'; Script = '$sets[0], $accuracy, $ranking, $sets[1]'; Shown = 'mAP :*'; Hidden = 'Cmc', 'PerQuery', 'Labels' }
        @{ What = 'data set'; Script = '$accuracy, $set'; Shown = 'Kind : Market1501', 'Query : query 1 x 2*'; Hidden = , 'QueryImages' }
        @{ What = 'cluster job'; Script = '$sets[0], $job, $status'; Shown = 'Plan : Stage Items *', 'State : Planned', 'Progress : Stage Items *', 'score *'; Hidden = 'Path', 'Stages' }
        @{ What = 'comparison'; Script = '$sets[0], $comparison, (Show-Ranking $ranking -QueryIndex 0)'; Shown = 'Summary : mAP *'; Hidden = 'Queries', 'Images' }
    ) {
        $lines = Invoke-Expression $Script | Get-Lines
        foreach ($line in $Shown) { $lines -like $line | Should -Not -BeNullOrEmpty }
        foreach ($name in $Hidden) { $lines -clike "$name*" | Should -BeNullOrEmpty }
    }
}

Describe 'A list' {
    It 'shows the interval of <Label> where it was asked for' -ForEach @(
        @{ Label = 'mAP'; Measured = '$ranking'; End = '' }
        @{ Label = 'mAP@N'; Measured = '$cut'; End = ' \(N = 5\)' }
        @{ Label = 'Rank1'; Measured = '$ranking'; End = '' }
    ) {
        $with, $without = @{ Bootstrap = 200 }, @{} | ForEach-Object {
            $given = $_
            Invoke-Expression $Measured | Measure-RetrievalAccuracy @given | Format-List | Get-Lines | Where-Object { $_.StartsWith("$Label : ") }
        }
        $with | Should -Match " : \d+\.\d\d \(\d+\.\d\d-\d+\.\d\d\) %$End$"
        $without | Should -Match " : \d+\.\d\d %$End$"
    }

    It 'of a comparison says <Label> in points' -ForEach @(
        @{ Label = 'Before'; Expected = '\d+\.\d\d %, Cosine' }
        @{ Label = 'DifferenceInterval'; Expected = '[-+]?\d+\.\d\d to [-+]?\d+\.\d\d points' }
        @{ Label = 'MeanDifference'; Expected = '[-+]?\d+\.\d\d points' }
        @{ Label = 'Rank1Difference'; Expected = '[-+]?\d+\.\d\d points' }
        @{ Label = 'PValue'; Expected = '[-.E0-9]+ \(randomization test of the mean\)' }
        @{ Label = 'SignTestPValue'; Expected = '[-.E0-9]+ \(exact sign test\)' }
        @{ Label = 'MostLost'; Expected = '(query \d+ \(-\d+\.\d\d\)(, )?)*' }
    ) {
        # Wide: a list of queries takes several lines of 80 columns.
        $comparison | Format-List | Show-Screen -Width 400 | Get-Squeezed | Where-Object { $_ -match "^$Label :" } | Should -Match "^$Label : ?$Expected$"
    }
}
