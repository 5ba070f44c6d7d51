# The commands of the index. Its figures are tested in the engine; here is what scripts see of it.
BeforeDiscovery {
    $methods = @(
        @{ Method = 'Cosine'; Given = @{}; Text = 'Cosine' }
        @{ Method = 'Diffusion'; Given = @{ Neighbors = 4; Restart = 0.2 }; Text = 'Diffusion k=4 restart=0.2' }
        @{ Method = 'Gnn'; Given = @{ K1 = 8; K2 = 3 }; Text = 'GNN Paper k1=8 k2=3' }
    )
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 6 9 4 -Seed 2 -Cameras 2) (New-LabelledRows 40 9 4 -Seed 3 -Cameras 2)
    $query, $plain = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $names = [string[]] (0..39 | ForEach-Object { "$(($_ % 2) ? 'odd' : 'even')/$_.jpg" })
    $gallery = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (Get-Rows $plain), $plain.Labels, $plain.Cameras, $names, 'Gallery')
    $cosine = New-ReRankIndex $gallery -Method Cosine
    $variables = @{ query = $query; gallery = $gallery; index = $cosine }
    function Get-Lists($Ranking) {
        foreach ($row in 0..($Ranking.QueryCount - 1)) { "$($Ranking.GetIndices($row)): $($Ranking.GetScores($row).ForEach('ToString', 'R'))" }
    }
}

AfterAll { Pop-Location }

Describe 'An index of <Method>' -ForEach $methods {
    BeforeAll {
        $index = $gallery | New-ReRankIndex -Method $Method @Given
        $full = $query | Search-ReRankIndex $index
    }

    It 'knows its method, and its rankings say that queries came one by one' {
        "$($index.Settings)" | Should -BeLike "$Text*single queries"
        "$($full.Settings)" | Should -Be "$($index.Settings)"
        $index.RowCount, $index.Dimension, $index.Version | Should -Be 40, 9, 0
        $full.IsFull | Should -BeTrue
        [object]::ReferenceEquals($full.Query, $query) | Should -BeTrue
    }

    It 'answers each query as if it were the only one, however it comes' {
        $lists = Get-Lists $full
        $rows = 0..5 | ForEach-Object { , $query.GetRow($_) }
        Get-Lists (Search-ReRankIndex $index $rows) | Should -Be $lists
        $single = $rows | Search-ReRankIndex $index -ThrottleLimit 1
        $single | Should -HaveCount 6
        $single | ForEach-Object { Get-Lists $_ } | Should -Be $lists
        Get-Lists (Search-ReRankIndex $index ([double[]] $rows[2])) | Should -Be $lists[2]
        $single[0].Query.Role | Should -Be Query
    }

    It 'is the same from the graph of its gallery' {
        $graph = New-NeighborGraph -Gallery $gallery -NeighborCount 40
        Get-Lists ($query | Search-ReRankIndex ($graph | New-ReRankIndex -Method $Method @Given)) | Should -Be (Get-Lists $full)
        Get-Lists ($query | Search-ReRankIndex (New-ReRankIndex -Graph $graph -Method $Method @Given)) | Should -Be (Get-Lists $full)
    }

    It 'lists what -Top and -MinimumScore leave, in the same order' {
        $one = $query | Select-FeatureMatrix -Index 1
        $order, $scores = $full.GetIndices(1), $full.GetScores(1)
        ($one | Search-ReRankIndex $index -Top 5).GetIndices(0) | Should -Be $order[0..4]
        $near = $one | Search-ReRankIndex $index -MinimumScore $scores[6]
        $near.GetIndices(0) | Should -Be $order[0..($near.Depth - 1)]
        $near.Depth | Should -Be $scores.Where({ $_ -ge $scores[6] }).Count
    }

    It 'grows and shrinks to what an index of those rows is' {
        $grown = $gallery | Select-FeatureMatrix -First 30 | New-ReRankIndex -Method $Method @Given
        $before = Get-Lists ($query | Search-ReRankIndex $grown)
        ($gallery | Select-FeatureMatrix -Index (30..39) | Add-ReRankIndexItem $grown -PassThru).RowCount | Should -Be 40
        Get-Lists ($query | Search-ReRankIndex $grown) | Should -Be (Get-Lists $full)
        Remove-ReRankIndexItem $grown -Row (30..39)
        Get-Lists ($query | Search-ReRankIndex $grown) | Should -Be $before
        Remove-ReRankIndexItem $grown -Name 'odd/*'
        $even = $gallery | Select-FeatureMatrix -First 30 | Select-FeatureMatrix -Name 'even/*'
        $grown.Gallery.Names | Should -Be $even.Names
        Get-Lists ($query | Search-ReRankIndex $grown) | Should -Be (Get-Lists ($query | Search-ReRankIndex ($even | New-ReRankIndex -Method $Method @Given)))
        $grown.Version | Should -Be 3
    }

    It 'comes back from its file' {
        $file = $index | Export-ReRankIndex "$Method.rerank" -PassThru
        foreach ($read in ($file | Import-ReRankIndex), (Import-ReRankIndex "$Method.rerank" -Verify)) {
            "$read" | Should -Be "$index"
            $read.Gallery.Names | Should -Be $gallery.Names
            Get-Lists ($query | Search-ReRankIndex $read) | Should -Be (Get-Lists $full)
        }
        { $index | Export-ReRankIndex "$Method.rerank" } | Should -Throw -ErrorId 'FileExists,*'
        Remove-ReRankIndexItem $read -Row 0
        $read | Export-ReRankIndex "$Method.rerank" -Force
        (Import-ReRankIndex "$Method.rerank").RowCount | Should -Be 39
    }
}

Describe 'Search-ReRankIndex' {
    It 'answers each query before the next is read' {
        $seen = [Collections.Generic.List[string]]::new()
        0..2 | ForEach-Object { $seen.Add("read $_"); , $query.GetRow($_) } | Search-ReRankIndex $cosine -Top 1 |
            ForEach-Object { $seen.Add("answered with $($_.QueryCount)") }
        $seen | Should -Be (0..2 | ForEach-Object { "read $_", 'answered with 1' })
    }

    It 'lists what filters leave, in the same order: <Filter>' -ForEach @(
        @{ Filter = '-Label 1, 2' }
        @{ Filter = '-Camera 1' }
        @{ Filter = '-Name odd/*, even/4.jpg' }
        @{ Filter = '-Name odd/* -Exclude' }
        @{ Filter = '-Row 3, 9, 17, 30 -Label 0, 1'; Taken = '-Index 3, 9, 17, 30 -Label 0, 1' }
    ) {
        $all = $query | Search-ReRankIndex $cosine
        $taken = Invoke-Expression "`$gallery | Select-FeatureMatrix $($Taken ?? $Filter)"
        $taken.RowCount | Should -BeIn (1..39)
        $ranking = Invoke-Expression "`$query | Search-ReRankIndex `$cosine $Filter"
        foreach ($row in 0, 5) {
            $gallery.Names[$ranking.GetIndices($row)] | Should -Be $gallery.Names[$all.GetIndices($row)].Where({ $_ -in $taken.Names })
        }
    }

    It 'goes on after a query that does not fit' {
        $rows = [float[]]::new(9), (1, 2, 3), [float[]] ([float]::NaN, 1, 1, 1, 1, 1, 1, 1, 1), $query.GetRow(4)
        $result = Invoke-Apart '$rows | Search-ReRankIndex $index -Top 3' ($variables + @{ rows = $rows })
        $result.Errors.FullyQualifiedErrorId -replace ',.*' | Should -Be ZeroFeatureRow, DimensionMismatch, NonFiniteFeature
        "$($result.Errors[2])" | Should -BeLike 'Object 3 of the input*'
        $result.Output[0].GetIndices(0) | Should -Be ($query | Search-ReRankIndex $cosine -Top 3).GetIndices(4)
    }

    It 'gives one ranking to a matrix, and a data set its queries' {
        ($query, $gallery | Search-ReRankIndex $cosine -Top 2).QueryCount | Should -Be 6, 40
        $marked = New-MarketFolder market (New-LabelledRows 2 3 2 -Seed 1 -Cameras 2) (New-LabelledRows 3 3 2 -Seed 2 -Cameras 2)
        $named = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (, $query.GetRow(0)), $null, $null, [string[]] $marked[0], 'Query')
        (Import-RetrievalDataset Market1501 market -Query $named | Search-ReRankIndex $cosine -Top 2).QueryCount | Should -Be 1
    }

    It 'gives lists that the other commands take, also where they are empty' {
        $best = $query | Search-ReRankIndex $cosine -Top 1 | Expand-Ranking | Sort-Object Score
        $some = $query | Search-ReRankIndex $cosine -MinimumScore $best[2].Score
        $none = $query | Search-ReRankIndex $cosine -MinimumScore 2
        $some.ShortestDepth, $none.Depth | Should -Be 0, 0
        0..5 | Where-Object { $some.GetDepth($_) } | Should -Be ($best[2..5].QueryIndex | Sort-Object)
        $accuracy = $none | Measure-RetrievalAccuracy
        $accuracy.MeanName, $accuracy.mAPAtDepth, $accuracy.Rank1 | Should -Be mAP@1, 0, 0
        $entries = @($some | Expand-Ranking)
        $entries.Count | Should -Be (0..5 | ForEach-Object { $some.GetDepth($_) } | Measure-Object -Sum).Sum
        $none | Expand-Ranking | Should -BeNullOrEmpty
        ($none | Show-Ranking -QueryIndex 0, 1).Images | Should -BeNullOrEmpty
        $none | Show-Ranking | Show-Screen | Should -Not -BeNullOrEmpty
        ($none, $some | Merge-Ranking).Depth | Should -Be $some.Depth
        foreach ($file in 'some.csv', 'some.parquet') {
            $some | Export-Ranking $file
            Get-Lists (Import-Ranking $file $query $gallery) | Should -Be (Get-Lists $some)
        }
        $none, $some | Export-RankingReport empty.html -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $none | Export-Clixml none.xml
        (Import-Clixml none.xml).Depth | Should -Be 0
    }
}

Describe 'Changing an index' {
    BeforeEach { $index = New-ReRankIndex $gallery -Method Cosine }

    It 'is left to -WhatIf: <_>' -ForEach @(
        '$gallery | Add-ReRankIndexItem $index -WhatIf', 'Remove-ReRankIndexItem $index -Row 1, 2 -WhatIf', 'Remove-ReRankIndexItem $index -Name * -WhatIf'
        '$index | Export-ReRankIndex no.rerank -WhatIf'
    ) {
        Invoke-Expression $_
        $index.RowCount, $index.Version | Should -Be 40, 0
        'no.rerank' | Should -Not -Exist
    }

    It 'takes the numbers of a pipeline together, and those of a ranking' {
        0, 39, 0, 1 | Remove-ReRankIndexItem $index
        $index.Gallery.Names | Should -Be $names[2..38]
        $first = $query | Search-ReRankIndex $index -Top 1 | Expand-Ranking
        $left = ($first | Remove-ReRankIndexItem $index -PassThru).Gallery.Names
        $index.Version | Should -Be 2
        $left | Should -Be $names[2..38].Where({ $_ -notin $first.GalleryName })
    }

    It 'leaves it as it was where <Script> is refused' -ForEach @(
        @{ Script = 'Remove-ReRankIndexItem $index -Row 1, 40'; Id = 'RowIndexOutOfRange' }
        @{ Script = 'Remove-ReRankIndexItem $index -Row (0..39)'; Id = 'IndexWouldBeEmpty' }
        @{ Script = 'Remove-ReRankIndexItem $index -Name */*.jpg'; Id = 'IndexWouldBeEmpty' }
        @{ Script = 'Remove-ReRankIndexItem $index -Name nobody.jpg'; Id = 'NoRowSelected'; Hint = "*no row of 40 is named 'nobody.jpg'.*" }
        @{ Script = '$plain | Add-ReRankIndexItem $index'; Id = 'PartlyKnownRows'; Hint = 'The 40 rows to add have no names, and the 40 rows of the index have them*' }
        @{ Script = '$gallery | Select-FeatureMatrix -Columns 0, 1 | Add-ReRankIndexItem $index'; Id = 'DimensionMismatch'; Hint = 'The 40 rows to add have 2 columns*the index holds 40 rows of 9*' }
    ) {
        $thrown = { Invoke-Expression $Script } | Should -Throw -ErrorId "$Id,*" -PassThru
        "$thrown" | Should -BeLike ($Hint ?? '*')
        $index.RowCount, $index.Version | Should -Be 40, 0
    }

    It 'goes on while others search: each answer is of one version' {
        $small = $gallery | Select-FeatureMatrix -First 30 | New-ReRankIndex
        $expected = @{}
        foreach ($count in 30..40) {
            $expected[$count] = Get-Lists ($query | Search-ReRankIndex ($gallery | Select-FeatureMatrix -First $count | New-ReRankIndex))
        }

        $manifest = Get-RepositoryPath GnnReRank.psd1
        $answers = 0..2 | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module $using:manifest
            $index, $gallery, $query = $using:small, $using:gallery, $using:query
            if ($_ -eq 0) {
                foreach ($row in 30..39) { $gallery | Select-FeatureMatrix -Index $row | Add-ReRankIndexItem $index }
            }
            else {
                $turn = 0
                do { $query | Search-ReRankIndex $index } while ($index.Version -lt 10 -and ++$turn -lt 1000)
            }
        }
        $small.RowCount, $small.Version | Should -Be 40, 10
        $answers.Count | Should -BeGreaterOrEqual 2
        foreach ($answer in $answers) { Get-Lists $answer | Should -Be $expected[$answer.GalleryCount] }
    }
}

Describe 'A refusal' {
    It 'says what to do: <Script>' -ForEach @(
        @{ Script = 'New-ReRankIndex $gallery -Method KReciprocal -K1 20'; Id = 'MethodHasNoIndex'; Hint = '*Cosine, Gnn and Diffusion*Invoke-ReRank*' }
        @{ Script = 'New-ReRankIndex $gallery -UseCameras'; Id = 'IndexUsesNoCameras'; Hint = '*New-FeatureTransform -CenterCamera*' }
        @{ Script = 'New-ReRankIndex $gallery -Method Gnn -K1 0'; Id = 'InvalidK1'; Hint = '*0*' }
        @{ Script = 'New-ReRankIndex $query'; Id = 'GalleryNeeded'; Hint = '*-Set Gallery*' }
        @{ Script = '$query, $gallery | New-NeighborGraph | New-ReRankIndex'; Id = 'GraphNotOfGallery'; Hint = '*New-NeighborGraph -Gallery alone*' }
        @{ Script = 'New-NeighborGraph -Gallery $gallery -K 3 | New-ReRankIndex'; Id = 'GraphTooShallow'; Hint = '*-NeighborCount*: 16 places are a reserve for rows that are removed*' }
        @{ Script = '$query.GetRow(0) | Search-ReRankIndex $cosine'; Id = 'NotAQuery'; Hint = '*comma before a single row*' }
        @{ Script = '[pscustomobject]@{ E = 1, 2 } | Search-ReRankIndex $cosine'; Id = 'NotAQuery'; Hint = '*ConvertTo-FeatureMatrix*' }
        @{ Script = '$query | Search-ReRankIndex $cosine -Top 0'; Id = 'InvalidTop'; Hint = '*at least 1*' }
        @{ Script = '$query | Search-ReRankIndex $cosine -Row 40'; Id = 'RowIndexOutOfRange'; Hint = '*-Row holds 40*0 to 39*' }
        @{ Script = '$query | Search-ReRankIndex $cosine -Label 77'; Id = 'NoRowSelected'; Hint = '*-Label left 0*' }
        @{ Script = '$query | Search-ReRankIndex'; Id = 'InputMissing'; Hint = '*an index is needed, as -Index*New-ReRankIndex*' }
        @{ Script = 'Search-ReRankIndex $cosine'; Id = 'InputMissing'; Hint = '*a query*is needed, through the pipeline or as -Query*' }
        @{ Script = 'Remove-ReRankIndexItem $cosine'; Id = 'InputMissing'; Hint = '*by -Name*' }
        @{ Script = '$cosine, $cosine | Export-ReRankIndex two.rerank'; Id = 'SeveralForOneFile'; Hint = '*more than one index*' }
        @{ Script = '$cosine | Export-ReRankIndex index.npy'; Id = 'UnknownFormat'; Hint = '*.rerank*' }
        @{ Script = 'Import-ReRankIndex missing.rerank'; Id = 'FileNotFound'; Hint = '*missing.rerank*' }
        @{ Script = 'Import-ReRankIndex sets.npz'; Id = 'UnknownFormat'; Hint = '*sets.npz*' }
    ) {
        $thrown = { Invoke-Expression $Script } | Should -Throw -ErrorId "$Id,*" -PassThru
        "$thrown" | Should -BeLike $Hint
    }

    It 'names what is in the wrong place: <Script>' -ForEach @(
        @{ Script = 'Search-ReRankIndex $query'; Hint = '*Found a FeatureMatrix, and an index is needed*New-ReRankIndex first*' }
        @{ Script = 'Search-ReRankIndex digits.rerank $query'; Hint = "*Found the text 'digits.rerank'*Import-ReRankIndex first*" }
        @{ Script = 'Search-ReRankIndex $cosine query.npy'; Hint = '*Import-FeatureMatrix first*' }
        @{ Script = 'New-ReRankIndex gallery.npy'; Hint = '*Import-FeatureMatrix first*' }
        @{ Script = 'Export-ReRankIndex $cosine out.rerank'; Hint = '*Found a ReRankIndex, and the path*' }
        @{ Script = 'Add-ReRankIndexItem $cosine new.npy'; Hint = '*Import-FeatureMatrix first*' }
    ) {
        { Invoke-Expression $Script } | Should -Throw $Hint
    }
}

Describe 'Completion' {
    It 'of -Method offers what an index serves, with its parameters' {
        $typed = 'New-ReRankIndex -Method '
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText |
            Should -Be @([GnnReRank.ReRankMethods]::All.Where({ $_.HasIndex }).Method)
        foreach ($info in [GnnReRank.ReRankMethods]::All.Where({ $_.HasIndex })) {
            $typed = "New-ReRankIndex -Method $($info.Method) -"
            $offered = (TabExpansion2 $typed $typed.Length).CompletionMatches.ListItemText
            $info.Parameters.Name.Where({ $_ -notlike '*Camera*' }) | ForEach-Object { $offered | Should -Contain $_ }
            $offered | Should -Not -BeLike '*Camera*'
        }
    }
}

Describe 'An index elsewhere' {
    It 'is not carried: a command says which file carries it' {
        $cosine | Export-Clixml index.xml
        $read = Import-Clixml index.xml
        $read.RowCount, "$($read.Method)" | Should -Be 40, Cosine
        { $query | Search-ReRankIndex $read } | Should -Throw '*left of a ReRankIndex*Export-ReRankIndex there*Import-ReRankIndex here*'
    }
}
