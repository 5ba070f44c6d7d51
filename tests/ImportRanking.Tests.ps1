# Runs of others, and rankings that were exported, as rankings of the session. What each format may hold is tested in the engine.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 6 8 3 -Seed 2 -Cameras 2) (New-LabelledRows 15 8 3 -Seed 3 -Cameras 3)
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $cosine = $sets | Search-FeatureMatrix

    function Get-Lists($Ranking) { (0..($Ranking.QueryCount - 1) | ForEach-Object { $Ranking.GetIndices($_) -join ' ' }) -join '|' }
}

AfterAll { Pop-Location }

Describe 'A ranking that was exported' {
    It 'comes back from <Ending>, <Kept>, with the same lists and figures' -ForEach @(
        foreach ($ending in 'trec', 'parquet', 'csv', 'jsonl') { foreach ($kept in 'whole', 'cut') { @{ Ending = $ending; Kept = $kept } } }
    ) {
        $top = $Kept -eq 'cut' ? @{ Top = 4 } : @{}
        $before = $sets | Search-FeatureMatrix @top
        $cosine | Export-Ranking "same-$Kept.$Ending" @top
        $after = $sets | Import-Ranking "same-$Kept.$Ending" -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        Get-Lists $after | Should -Be (Get-Lists $before)
        $comparison = Compare-RetrievalAccuracy $before $after
        $comparison.MeanDifference | Should -Be 0
        $comparison.After.Cmc | Should -Be $comparison.Before.Cmc
        $after.Method | Should -Be ($Ending -eq 'trec' ? 'GnnReRank-Cosine' : "same-$Kept")
    }

    It 'is reported, shown, expanded and exported again' {
        $cosine | Export-Ranking yesterday.csv
        $yesterday = Import-Ranking yesterday.csv $query $gallery
        $today = $sets | Invoke-GnnReRank -K1 8 -K2 3
        $yesterday, $today | Export-RankingReport report.html
        Get-Content report.html -Raw | Should -Match 'yesterday'
        ($today | Show-Ranking -QueryIndex 1 -Before $yesterday).SettingsBefore.Source | Should -Be yesterday.csv
        ($yesterday | Expand-Ranking -Top 1).GalleryIndex | Should -Be ($cosine | Expand-Ranking -Top 1).GalleryIndex
        $yesterday | Export-Ranking again.parquet -Top 3
        (Import-Ranking again.parquet $query $gallery).Depth | Should -Be 3
    }
}

Describe 'A run of another system' {
    BeforeAll {
        # Lists of three, one and no images.
        'q0 Q0 g3 1 2.5 BM25', 'q1 Q0 g1 1 7 BM25', 'q0 Q0 g14 2 1e-1 BM25', 'q0 Q0 g0 3 0.25 BM25' | Set-Content other.run
        $run = $sets | Import-Ranking other.run -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'keeps the lists as long as they are' {
        Get-Lists $run | Should -Be '3 0 14|1||||'
        $run.Depth, $run.ShortestDepth, $run.IsFull | Should -Be 3, 0, $false
        "$warnings" | Should -BeLike '*4 of 6 queries have no list in the run*q2, q3, q4, ...*'
        $run.Settings | Should -BeOfType GnnReRank.ImportedSettings
        "$($run.Settings)" | Should -Be 'BM25 (other.run)'
    }

    It 'is shown with its lengths' {
        $run | Show-Screen | Get-Squeezed | Should -Contain '6 15 0-3 BM25 (other.run)'
        $run | Format-List | Show-Screen | Get-Squeezed | Should -Contain 'ShortestDepth : 0'
    }

    It 'is measured, with nothing found where nothing is listed, and compared with the head of ours' {
        $result = $run | Measure-RetrievalAccuracy -Protocol Label
        $result.MeanName | Should -Be mAP@3
        $result.PerQuery[2].AveragePrecision | Should -Be 0
        $result.Rank1 | Should -Not -BeNullOrEmpty
        (Compare-RetrievalAccuracy ($sets | Search-FeatureMatrix -Top 3) $run -Protocol Label).Queries.Count | Should -Be 6
        { Compare-RetrievalAccuracy $cosine $run -Protocol Label -ErrorAction Stop } | Should -Throw '*mAP and mAP@3*' -ErrorId 'NotComparable,*'
    }

    It 'is expanded and shown as far as it goes' {
        $run | Expand-Ranking | ForEach-Object Rank | Should -Be 1, 2, 3, 1
        ($run | Show-Ranking -QueryIndex 0, 2).Images.Count | Should -Be 3
    }

    It 'is read as <Given>' -ForEach @(
        @{ Given = '-OrderBy Rank'; Lists = '3 14 0|1||||' }
        @{ Given = '-ScoreKind Distance'; Lists = '14 0 3|1||||' }
        @{ Given = '-MatchBy Index -Top 2'; Lists = '3 0|1||||' }
    ) {
        $ranking = Invoke-Expression "`$sets | Import-Ranking other.run $Given -WarningAction SilentlyContinue"
        Get-Lists $ranking | Should -Be $Lists
    }
}

Describe 'An array' {
    It 'of scores is ranked like the matrices that made it' {
        $scores = 0..5 | ForEach-Object { $list = $cosine.GetIndices($_); $kept = $cosine.GetScores($_); $row = [float[]]::new(15)
            0..14 | ForEach-Object { $row[$list[$_]] = $kept[$_] }; , $row }
        $scores | ConvertTo-FeatureMatrix | Export-FeatureMatrix scores.npy
        Get-Lists ($sets | Import-Ranking scores.npy -ScoreKind Similarity) | Should -Be (Get-Lists $cosine)
        $turned = $sets | Import-Ranking scores.npy -ScoreKind Distance
        $turned.GetIndices(0)[0] | Should -Be $cosine.GetIndices(0)[14]
        $turned.GetScores(0)[0] | Should -Be (-$cosine.GetScores(0)[14])
    }

    It 'of indices is taken as it stands' {
        [IO.File]::WriteAllBytes("$TestDrive/lists.ibin", [byte[]] (@(6, 2) + @(0, 1) * 6 | ForEach-Object { [BitConverter]::GetBytes([int] $_) }))
        Get-Lists ($sets | Import-Ranking lists.ibin) | Should -Be ((, '0 1' * 6) -join '|')
    }

    It 'is picked by name' {
        $sets | Export-FeatureMatrix both.npz
        { Import-Ranking both.npz $query (Import-FeatureMatrix sets.npz -Set Gallery -Index (0..7)) -Name nothing -ErrorAction Stop } |
            Should -Throw "*no array 'nothing'*query_f*" -ErrorId 'ColumnNotFound,*'
        (Import-Ranking both.npz $query (Import-FeatureMatrix sets.npz -Set Gallery -Index (0..7)) -Name query_f).Depth | Should -Be 8
    }
}

Describe 'Files' {
    It 'come from Get-ChildItem, and a bad one does not stop the others' {
        'q0 Q0 g99 1 1 t' | Set-Content b.trec
        $cosine | Export-Ranking a.trec -Top 2 -Force
        $cosine | Export-Ranking c.trec -Top 3 -Force
        $result = Invoke-Apart 'Get-ChildItem a.trec, b.trec, c.trec | Import-Ranking -Query $query -Gallery $gallery' @{ query = $query; gallery = $gallery }
        $result.Output.Depth | Should -Be 2, 3
        $result.ErrorId | Should -Be UnknownGalleryImage
        $result.Errors[0].TargetObject | Should -BeLike '*b.trec'
        "$($result.Errors[0])" | Should -BeLike "*b.trec': line 1 names 'g99', which the gallery matrix does not have*-SkipUnknown*"
    }

    It 'are several in one call, with the progress of each' {
        $result = Invoke-Apart 'Import-Ranking a.trec, c.trec $query $gallery -Verbose' @{ query = $query; gallery = $gallery }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.Depth | Should -Be 2, 3
        $result.Verbose | Should -Contain 'Read 12 entries of 6 queries, ordered by rank'
    }

    It 'are refused as <Id>: <Script>' -ForEach @(
        @{ Script = '$sets | Import-Ranking nowhere.run'; Id = 'FileNotFound'; Hint = 'does not exist' }
        @{ Script = '$sets | Import-Ranking sets.xyz'; Id = 'FileNotFound'; Hint = 'does not exist' }
        @{ Script = '$sets | Import-Ranking sets.npz -Format Trec'; Id = 'WrongFormat'; Hint = 'does not start like a Trec run' }
        @{ Script = '$sets | Import-Ranking a.trec -Top 0'; Id = 'InvalidTop'; Hint = 'at least 1' }
        @{ Script = '$query | Import-Ranking a.trec'; Id = 'QueryAndGalleryNeeded'; Hint = '1 query, 0 gallery' }
    ) {
        $result = Invoke-Apart $Script @{ sets = $sets; query = $query }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }

    It 'are told to belong to other matrices where these are exchanged' {
        $result = Invoke-Apart 'Import-Ranking a.trec -Query $gallery -Gallery $query' @{ query = $query; gallery = $gallery }
        $result.Warnings[0] | Should -BeLike '*-Query is a matrix with the role Gallery*'
    }
}

Describe 'Judgements of TREC' {
    BeforeAll {
        $names = { param($matrix, $prefix) 0..($matrix.RowCount - 1) | ForEach-Object { "$prefix/$_.jpg" } }
        $rows = { param($matrix) 0..($matrix.RowCount - 1) | ForEach-Object { , $matrix.GetRow($_) } }
        $namedQuery = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (& $rows $query), $null, $null, [string[]] (& $names $query q), 'Query', $null)
        $namedGallery = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (& $rows $gallery), $null, $null, [string[]] (& $names $gallery g), 'Gallery', $null)
        'q/0.jpg 0 g/3.jpg 1', '0 0 g/0 0', '0 0 14 2', '1 0 2 -1', '1 0 1 1' | Set-Content judged.qrels
        'q/0 Q0 g/0 1 3 t', 'q/0 Q0 g/3 2 2 t', 'q/1 Q0 g/2 1 2 t', 'q/1 Q0 g/1 2 1 t' | Set-Content named.run
        $set = Import-RetrievalDataset Qrels judged.qrels -Query $namedQuery -Gallery $namedGallery -WarningAction SilentlyContinue
    }

    It 'measure a run by the protocol of trec_eval' {
        # Of q/0 the good 3 stands at rank 2, and 14 is not found: (1/2) / 2. Of q/1 the good 1 stands at rank 2.
        $run = $set | Import-Ranking named.run -WarningAction SilentlyContinue
        $result = $run | Measure-RetrievalAccuracy -GroundTruth $set
        "$($result.Protocol) $($result.ApKind) $($result.ValidQueryCount)" | Should -Be 'Trec Uninterpolated 2'
        $result.mAPAtDepth | Should -Be ((1 / 4 + 1 / 2) / 2)
        ($run | Show-Ranking -QueryIndex 1 -GroundTruth $set).Images.Mark | Should -Be 'x wrong', '+ good'
        $run | Export-RankingReport judged.html -GroundTruth $set -Force
        (Compare-RetrievalAccuracy $run $run -GroundTruth $set).MeanDifference | Should -Be 0
    }

    It 'leave the matrices, and so rankings made of them before, as they are' {
        $set.Query | Should -Be $namedQuery
        $before = Search-FeatureMatrix $namedQuery $namedGallery
        ($before | Measure-RetrievalAccuracy -GroundTruth $set -Protocol Qrels).mAP | Should -BeGreaterThan 0
    }

    It 'call grades below 0 junk where that is asked for' {
        $junk = Import-RetrievalDataset Qrels judged.qrels -Query $namedQuery -Gallery $namedGallery -Variant NegativeIsJunk -WarningAction SilentlyContinue
        $result = $junk | Import-Ranking named.run -WarningAction SilentlyContinue | Measure-RetrievalAccuracy -GroundTruth $junk
        $result.PerQuery[1].AveragePrecision | Should -Be 1
    }

    It 'are refused without matrices' {
        { Import-RetrievalDataset Qrels judged.qrels } | Should -Throw '*-Query and -Gallery*' -ErrorId 'QrelsWithoutMatrices,*'
    }
}
