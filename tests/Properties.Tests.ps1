# What scripts and files of text see of results: figures and settings flat, lists in words, columns by their own names.
BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/Support.psm1
    [xml] $views = Get-Content (Get-RepositoryPath module GnnReRank.Format.ps1xml) -Raw
    $columns = foreach ($view in $views.SelectNodes('//View[TableControl]')) {
        $items = $view.SelectNodes('.//TableColumnItem')
        $headers = $view.SelectNodes('.//TableColumnHeader')
        for ($i = 0; $i -lt $headers.Count; $i++) {
            @{
                Type     = $view.ViewSelectedBy.TypeName -replace '^GnnReRank\.'
                Label    = $headers[$i].Label -replace ' %$'
                Property = $items[$i].PropertyName
                Script   = $items[$i].ScriptBlock
            }
        }
    }
    $types = $columns.Type | Sort-Object -Unique
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $rows = @{ Query = New-LabelledRows 6 5 3 -Seed 2 -Cameras 2; Gallery = New-LabelledRows 18 5 3 -Seed 3 -Cameras 2 }
    Write-NpzSets sets.npz $rows.Query $rows.Gallery
    $query, $gallery = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $graph = New-NeighborGraph $query $gallery -NeighborCount 9
    $ranking = $graph | Invoke-GnnReRank -K1 8 -K2 3 -Variant Reference
    $cosine = Search-FeatureMatrix $query $gallery
    $accuracy = $ranking | Measure-RetrievalAccuracy -Bootstrap 100
    $comparison = Compare-RetrievalAccuracy $cosine $accuracy
    $worst = ($accuracy.PerQuery | Sort-Object AveragePrecision)[0]
    $shown = Show-Ranking $ranking -QueryIndex $worst.QueryIndex -Before $cosine
    $lists = 0..5 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] $_; Hard = [int[]] (6 + $_) } }
    $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 18)
    $images = New-MarketFolder market $rows.Query $rows.Gallery
    $named = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 2), (2, 1)), $null, $null, [string[]] ($images[0], 'stray.jpg'), 'Query')
    $set = Import-RetrievalDataset Market1501 market -Query $named -WarningAction SilentlyContinue
    $query | Export-FeatureMatrix query.npy
    $gallery | Export-FeatureMatrix gallery.npy
    $stage = [GnnReRank.ClusterStageStatus] @{
        Stage = 'score'; Items = 40; Done = 12; Failed = 1; Tasks = 4; MemoryBytes = 2.5GB; ScratchBytes = 70GB; ReadBytes = 3GB; EstimatedTime = '2:30:0' }
    $failure = [GnnReRank.ClusterJobFailure]::new('score', 3, 4, $false, 'The disk is full.', '/somewhere/logs/score-3.log')
    $objects = @{
        ReRankClusterJob                         = New-ReRankClusterJob market.job -Query query.npy -Gallery gallery.npy -Method Cosine
        ClusterJobStatus                         = [GnnReRank.ClusterJobStatus] @{
            Path = '/a.job'; Method = 'Cosine'; State = 'Failed'; Stages = [GnnReRank.ClusterStageStatus[]] $stage; TimeLeft = '2:30:0'
            Failures = [GnnReRank.ClusterJobFailure[]] $failure }
        ClusterStageStatus                       = $stage
        ClusterJobFailure                        = $failure
        FeatureMatrix                            = $gallery
        FeatureTransform                         = New-FeatureTransform $query, $gallery -CenterCamera -Pca 3 -Whiten
        NeighborGraph                            = $graph
        ReRankIndex                              = New-ReRankIndex $gallery -Method Gnn -K1 6 -K2 3
        Ranking                                  = $ranking
        RetrievalAccuracy                        = $accuracy
        'RetrievalAccuracy#RevisitedOxfordParis' = ($ranking | Measure-RetrievalAccuracy -Protocol RParis6k -GroundTruth $truth)[1]
        'RetrievalAccuracy#LeaveOneOut'          = Search-FeatureMatrix $gallery $gallery | Measure-RetrievalAccuracy -Protocol LeaveOneOut
        'RetrievalAccuracy#University1652'       = $ranking | Measure-RetrievalAccuracy -Protocol University1652
        RetrievalComparison                      = $comparison
        ParameterTrial                           = (Find-ReRankParameter $query $gallery -Budget 3)[0]
        MethodResult                             = (Compare-ReRankMethod $query $gallery -Method Gnn -KeepRankings)[1]
        QueryAccuracy                            = $worst
        QueryDifference                          = $comparison.Queries[1]
        RankingEntry                             = $ranking.GetEntry(1, 2)
        RankedQuery                              = $shown
        RankedImage                              = $shown.Images[1]
        ReRankDevice                             = Get-ReRankDevice Cpu
        RetrievalDataset                         = $set
        DatasetImage                             = $set.QueryImages[0]
        UnmatchedImage                           = $set.UnmatchedImages[0]
        UnmatchedFeature                         = $set.UnmatchedFeatures[0]
        GroundTruth                              = $truth
        QueryTruth                               = $lists[0]
    }
}

AfterAll { Pop-Location }

Describe 'A column of a table' {
    It 'is what Sort-Object sorts by its name: <Label> of <Type>' -ForEach $columns {
        $object = $objects[$Type]
        $member = $object.PSObject.Properties[$Label]
        $member | Should -Not -BeNullOrEmpty
        $value = $object | ForEach-Object $Label
        if ($null -ne $value) { $value | Should -BeOfType IComparable }

        # What the cell shows is this value: as it is, in percent or points, grouped, in gigabytes, or as part of a longer text.
        $cell = if ($Property) { $object.$Property } else { $object | ForEach-Object ([scriptblock]::Create($Script)) }
        $texts = if ($value -is [timespan]) { '{0:N1} h' -f $value.TotalHours }
        elseif ($value -is [ValueType] -and $value -isnot [Enum] -and $value -isnot [bool]) {
            "$value"
            if ($value -is [double]) { '{0:F2}' -f (100 * $value); '{0:+0.00;-0.00;0.00}' -f (100 * $value); '{0:F3}' -f $value }
            else { '{0:N0}' -f $value; '{0:N1} GB' -f ($value / 1gb); '{0:N1} KB' -f ($value / 1kb) }
        }
        elseif ($value -is [bool]) { "$value", ('no', 'yes')[$value] }
        else { "$value", [IO.Path]::GetFileName($value) }
        if ($Label -eq 'Depth') { $texts += 'all' }
        @($texts | Where-Object { ("$cell" -replace '\s+', ' ').Contains($_) }) | Should -Not -BeNullOrEmpty -Because "the cell shows '$cell', and the property is '$value'"
    }
}

Describe 'Sorting and filtering by a column' {
    It 'orders results' {
        $sorted = @($accuracy.PerQuery | Sort-Object AP)
        $sorted.AveragePrecision | Should -Be @($accuracy.PerQuery.AveragePrecision | Sort-Object)
        $sorted[0].AveragePrecision | Should -BeLessThan $sorted[-1].AveragePrecision
        @($comparison.Queries | Where-Object Points -gt 0).Count | Should -Be $comparison.GainedCount
        ($ranking | Expand-Ranking | Sort-Object Gallery -Descending)[0].GalleryIndex | Should -Be 17
    }
}

Describe 'All properties' {
    BeforeAll {
        # A type's name, where its text should be: System.Single[], GnnReRank.X, `1, @{...}, QueryTruth { ... }.
        $typeName = 'System\.|GnnReRank\.[A-Z]|`\d|\w\[\]|@\{|^\w+ \{ '
    }

    It 'have texts in a file of Export-Csv, by Select-Object and Format-List: <_>' -ForEach $types {
        $object = $objects[$_]
        $object | Export-Csv all.csv
        $row = Import-Csv all.csv
        @($row.PSObject.Properties).Count | Should -BeGreaterThan 2
        $row.PSObject.Properties.Value -match $typeName | Should -BeNullOrEmpty
        ($object | Select-Object *).PSObject.Properties.Value | ForEach-Object { "$_" } | Where-Object { $_ -match $typeName } | Should -BeNullOrEmpty
        $object | Format-List * | Show-Screen -Width 4000 | Where-Object { $_ -match $typeName } | Should -BeNullOrEmpty
    }

    It 'have values in JSON: <_>' -ForEach $types {
        $json = $objects[$_] | ConvertTo-Json -WarningAction SilentlyContinue
        $json -split "`n" -match $typeName | Should -BeNullOrEmpty
        $json | Should -Not -Match '"Pack"'
    }
}

Describe 'Settings and counts' {
    It 'of a re-ranking are flat on the <_>' -ForEach 'ranking', 'result' {
        $object = @{ ranking = $ranking; result = $accuracy }[$_]
        $object | Select-Object Method, Variant, K1, K2, Layers, Alpha, Lambda | ForEach-Object { $_.PSObject.Properties.Value -join ' ' } |
            Should -Be 'GNN Reference 8 3 2 2 0.3'
    }

    It 'of a comparison are those of what is compared; its alpha is the level' {
        $comparison | Select-Object Method, Variant, K1, K2, Layers, EdgeExponent, Lambda, Alpha, Protocol | ForEach-Object { $_.PSObject.Properties.Value -join ' ' } |
            Should -Be 'GNN Reference 8 3 2 2 0.3 0.05 Market1501'
    }

    It 'of a plain ranking are its name alone' {
        $baseline = $cosine | Measure-RetrievalAccuracy
        $baseline.Method | Should -Be Cosine
        $baseline.K1, $cosine.K1, $cosine.Variant | Should -Be $null, $null, $null
    }

    It 'make a table of a search' {
        3, 5, 8 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy } |
            Select-Object K1, K2, mAP, Rank1, Rank5, Rank10, mINP | Export-Csv search.csv
        $read = Import-Csv search.csv
        $read.K1 | Should -Be 3, 5, 8
        $read.K2 | Should -Be 3, 5, 7
        $read | ForEach-Object { [double] $_.mAP, [double] $_.Rank1, [double] $_.mINP } | Should -Not -Contain 0
    }

    It 'of graphs and data sets are flat' {
        $graph.QueryCount, $graph.GalleryCount | Should -Be 6, 18
        $set.QueryCount, $set.GalleryCount, $set.UnmatchedImageCount, $set.UnmatchedFeatureCount | Should -Be 6, 18, 5, 1
        $set.UnmatchedImages[0].Name | Should -Be ($images[1..5] | Sort-Object)[0]
    }
}

Describe 'A list' {
    It 'says its first items and its length' {
        "$($gallery.Labels.ToString())" | Should -Match '^\d, \d, \d, \d, \d, \.\.\. \(18\)$'
        $accuracy.Ranks.ToString() | Should -Match '^R@1 \d+\.\d\d %, R@5 \d+\.\d\d %, R@10 100\.00 %'
        $lists[0].Easy.ToString() | Should -Be 0
    }
}

Describe 'The file of -PassThru' {
    It 'is shown as Get-ChildItem shows it, by <Given>' -ForEach @(
        @{ Given = 'Export-Ranking a.csv $ranking -PassThru'; File = 'a.csv' }
        @{ Given = 'Export-FeatureMatrix "a[1].npz" $gallery -PassThru'; File = 'a[1].npz' }
        @{ Given = 'Export-NeighborGraph a.npy $graph -PassThru'; File = 'a.npy', 'a.scores.npy' }
        @{ Given = 'Export-RankingReport a.html $ranking -PassThru'; File = 'a.html' }
    ) {
        $written = @(Invoke-Expression $Given)
        $written | Should -BeOfType IO.FileInfo
        $listed = @(Get-ChildItem -LiteralPath $File)
        $written | Show-Screen | Should -Be ($listed | Show-Screen)
        $written.PSPath | Should -Be $listed.PSPath
        $written.Length | Should -Be $listed.Length
    }
}
