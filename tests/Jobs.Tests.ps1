# Results in jobs, other sessions and files of Export-Clixml: they come back as they were, or say what to do.
BeforeDiscovery {
    $kinds = 'matrix', 'transform', 'graph', 'ranking', 'accuracy', 'comparison'
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $manifest = Get-RepositoryPath GnnReRank.psd1
    $initialization = [scriptblock]::Create("Import-Module '$manifest'")
    Write-NpzSets sets.npz (New-LabelledRows 6 5 3 -Seed 2 -Cameras 2) (New-LabelledRows 18 5 3 -Seed 3 -Cameras 2)
    $query, $gallery = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $ranking = Invoke-GnnReRank $query $gallery -K1 6 -K2 3
    $before = Search-FeatureMatrix $query $gallery | Measure-RetrievalAccuracy
    $accuracy = Measure-RetrievalAccuracy $ranking -Bootstrap 100
    $results = @{
        matrix     = $gallery
        transform  = New-FeatureTransform $query, $gallery -CenterCamera -Pca 3 -Whiten
        graph      = New-NeighborGraph $query $gallery -NeighborCount 4
        ranking    = $ranking
        accuracy   = $accuracy
        comparison = Compare-RetrievalAccuracy $before $accuracy
    }

    # What scripts read of a result: exact figures, lists and values.
    function Get-Content-Of($Result) {
        $exact = { if ($_ -is [double] -or $_ -is [float]) { $_.ToString('R') } else { "$_" } }
        switch ($Result.GetType().Name) {
            FeatureMatrix { "$Result", $Result.Role, $Result.Source; $Result.ToArray() | ForEach-Object $exact; $Result.Labels; $Result.Cameras }
            FeatureTransform { "$Result"; $Result.Variances + $Result.GetCameraMean(1) + $Result.GetComponent(2) | ForEach-Object $exact; $Result.CameraRowCounts }
            NeighborGraph { "$Result"; 0..($Result.VertexCount - 1) | ForEach-Object { $Result.GetNeighbors($_); $Result.GetScores($_) | ForEach-Object $exact }; Get-Content-Of $Result.Query }
            Ranking { "$Result"; 0..($Result.QueryCount - 1) | ForEach-Object { $Result.GetIndices($_); $Result.GetScores($_) | ForEach-Object $exact }; Get-Content-Of $Result.Gallery }
            RetrievalAccuracy { "$Result", $Result.MeanInterval; $Result.mAP, $Result.mINP + $Result.Cmc + $Result.PerQuery.AveragePrecision | ForEach-Object $exact; $Result.PerQuery.QueryLabel }
            RetrievalComparison { "$Result"; $Result.MeanDifference, $Result.PValue, $Result.SignTestPValue + $Result.Queries.Difference | ForEach-Object $exact; $Result.MostGained.QueryIndex; Get-Content-Of $Result.Before }
        }
    }

    function Assert-Same($Actual, $Expected) {
        $Actual.GetType() | Should -Be $Expected.GetType()
        $content = Get-Content-Of $Expected
        $content.Count | Should -BeGreaterThan 10
        Get-Content-Of $Actual | Should -Be $content
    }
}

AfterAll { Pop-Location }

Describe 'A result as a file of Export-Clixml' {
    It 'comes back as it was: <_>' -ForEach $kinds {
        $results[$_] | Export-Clixml result.xml
        Assert-Same (Import-Clixml result.xml) $results[$_]
        Assert-Same ([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($results[$_]))) $results[$_]
    }

    It 'comes back from within other objects: <_>' -ForEach $kinds {
        [pscustomobject]@{ Name = 'x'; Inner = @{ Result = $results[$_]; Several = $results[$_], $results[$_] } } | Export-Clixml -Depth 3 nested.xml
        $read = Import-Clixml nested.xml
        Assert-Same $read.Inner.Result $results[$_]
        Assert-Same $read.Inner.Several[1] $results[$_]
    }

    It 'is read before the module is there, and used after: <Kind>' -ForEach @(
        @{ Kind = 'ranking'; Then = '$read | Measure-RetrievalAccuracy | ForEach-Object { $_.mAP.ToString(''R'') }' }
        @{ Kind = 'accuracy'; Then = '(Compare-RetrievalAccuracy $read $read).MeanAfter.ToString(''R'')' }
        @{ Kind = 'graph'; Then = '($read | Invoke-GnnReRank -K1 4 -K2 3 -WarningAction Ignore).Settings.K2' }
        @{ Kind = 'matrix'; Then = '(Search-FeatureMatrix $read $read -Top 2).Depth' }
    ) {
        $results[$Kind] | Export-Clixml early.xml
        $run = Invoke-Pwsh -Command "`$read = Import-Clixml early.xml; `$read.PSTypeNames[0]; Import-Module '$manifest'; $Then"
        $run.Error | Should -BeNullOrEmpty
        $name, $figure = $run.Output -split "`n"
        $name | Should -BeLike Deserialized.GnnReRank.*
        $figure | Should -Be @{ ranking = $accuracy.mAP; accuracy = $accuracy.mAP; graph = 3; matrix = 2 }[$Kind].ToString('R')
    }

    It 'goes into every command that takes it' {
        $ranking, $accuracy, $results.graph, $query, $gallery | Export-Clixml all.xml
        $read = Import-Clixml all.xml
        $read[0] | Export-Ranking ranking.csv -Top 2
        @(Import-Csv ranking.csv).Count | Should -Be 12
        ($read[0] | Expand-Ranking -Top 1).Count | Should -Be 6
        ($read[0] | Show-Ranking -QueryIndex 1 -Before $ranking).QueryIndex | Should -Be 1
        $read[0] | Export-RankingReport report.html -PassThru | Should -Not -BeNullOrEmpty
        (Compare-RetrievalAccuracy $before $read[1]).MeanAfter | Should -Be $accuracy.mAP
        $read[2] | Export-NeighborGraph graph.parquet -PassThru | Should -Not -BeNullOrEmpty
        $read[3], $read[4] | Export-FeatureMatrix again.npz -PassThru | Should -Not -BeNullOrEmpty
        Assert-Same ($read[3], $read[4] | Invoke-GnnReRank -K1 6 -K2 3) $ranking
    }

    It 'shows the protocol''s own table' {
        $itself = Search-FeatureMatrix $gallery $gallery | Measure-RetrievalAccuracy -Protocol LeaveOneOut
        $itself | Export-Clixml itself.xml
        Import-Clixml itself.xml | Show-Screen | Should -Be ($itself | Show-Screen)
    }

    It 'keeps a set ranked against itself one set' {
        $bare = [GnnReRank.FeatureMatrix]::new([float[]] (1, 2, 2, 1, 1, 1), 3, 2, [long[]] (5, 5, 5))
        Search-FeatureMatrix $bare $bare | Export-Clixml one.xml
        (Import-Clixml one.xml | Measure-RetrievalAccuracy).Protocol | Should -Be LeaveOneOut
    }

    It 'brings the values of a memory-mapped file into memory' {
        $values = [float[,]]::new(2, 2)
        $values[0, 0] = 3
        $values[1, 1] = 4
        Write-Npy mapped.npy $values
        Import-FeatureMatrix mapped.npy -MemoryMapped | Export-Clixml mapped.xml
        $read = Import-Clixml mapped.xml
        $read.IsMemoryMapped | Should -BeFalse
        $read.GetRow(1) | Should -Be 0, 4
    }
}

Describe 'A job' {
    It 'takes matrices and gives a ranking that is measured here' {
        $job = Start-Job -InitializationScript $initialization { Invoke-GnnReRank $using:query $using:gallery -K1 6 -K2 3 }
        $measured = $job | Receive-Job -Wait -AutoRemoveJob | Measure-RetrievalAccuracy -Bootstrap 100
        Assert-Same $measured $accuracy
    }

    It 'gives results within other objects' {
        $job = Start-Job -InitializationScript $initialization { [pscustomobject]@{ Result = $using:accuracy; Ranking = $using:ranking } }
        $read = $job | Receive-Job -Wait -AutoRemoveJob
        Assert-Same $read.Result $accuracy
        Assert-Same $read.Ranking $ranking
    }

    It 'of threads shares the objects: <_>' -ForEach 'Start-ThreadJob', 'ForEach-Object -Parallel' {
        $read = if ($_ -eq 'Start-ThreadJob') {
            1, 2 | ForEach-Object { Start-ThreadJob -InitializationScript $initialization { Invoke-GnnReRank $using:query $using:gallery -K1 6 -K2 3 } } |
                Receive-Job -Wait -AutoRemoveJob
        }
        else {
            1, 2 | ForEach-Object -Parallel { Import-Module $using:manifest; Invoke-GnnReRank $using:query $using:gallery -K1 6 -K2 3 }
        }
        $read | Should -HaveCount 2
        $read | ForEach-Object {
            [object]::ReferenceEquals($_.Gallery, $gallery) | Should -BeTrue
            Assert-Same $_ $ranking
        }
    }
}

Describe 'What cannot come back' {
    BeforeAll {
        # A file of Export-Clixml with the bytes of its pack changed.
        function Write-Changed([string] $Path, $Result, [scriptblock] $Change) {
            $Result | Export-Clixml $Path
            $xml = [xml] (Get-Content $Path -Raw)
            $node = $xml.SelectSingleNode("//*[@N='Pack']")
            $bytes = [Convert]::FromBase64String($node.InnerText)
            & $Change $bytes
            $node.InnerText = [Convert]::ToBase64String($bytes)
            $xml.Save((Join-Path (Get-Location) $Path))
        }
    }

    It 'is a broken file: its figures remain, and a command says so' {
        Write-Changed broken.xml $ranking { $args[0][-1] = 0x7F }
        $read = Import-Clixml broken.xml
        $read.PSTypeNames[0] | Should -Be Deserialized.GnnReRank.Ranking
        $read.QueryCount | Should -Be 6
        foreach ($script in '$read | Measure-RetrievalAccuracy', 'Show-Ranking $read', 'Compare-RetrievalAccuracy $read $read', '[GnnReRank.Ranking] $read') {
            $result = Invoke-Apart $script @{ read = $read }
            $result.Output | Should -BeNullOrEmpty
            "$($result.Errors[0])" | Should -BeLike '*cannot be made again*the scores of query 5 do not go down*Make it anew*'
        }
    }

    It 'is a value that no matrix can have' {
        Write-Changed nan.xml $gallery { [BitConverter]::GetBytes([float]::NaN).CopyTo($args[0], $args[0].Length - 4) }
        $result = Invoke-Apart 'Import-Clixml nan.xml | Select-FeatureMatrix -First 1'
        $result.Output | Should -BeNullOrEmpty
        "$($result.Errors[0])" | Should -BeLike '*Row 17, column 4*NaN*'
    }

    It 'is one type under the name of another' {
        $accuracy | Export-Clixml other.xml
        (Get-Content other.xml -Raw) -replace 'GnnReRank\.RetrievalAccuracy', 'GnnReRank.Ranking' | Set-Content other.xml
        "$((Invoke-Apart 'Import-Clixml other.xml | Expand-Ranking').Errors[0])" | Should -BeLike '*what is left of a Ranking*'
    }

    It 'is too large: files are the way' {
        $large = [GnnReRank.FeatureMatrix]::new([float[]]::new(36mb), 36, 1mb, $null, $null, $null, 'Gallery')
        $large | Export-Clixml large.xml
        (Get-Item large.xml).Length | Should -BeLessThan 10kb
        $read = Import-Clixml large.xml
        foreach ($script in '$read | Select-FeatureMatrix -First 1', 'Search-FeatureMatrix $read $read', '$query, $read | Invoke-GnnReRank', 'New-NeighborGraph $read') {
            $result = Invoke-Apart $script @{ read = $read; query = $query }
            $result.Output | Should -BeNullOrEmpty
            "$($result.Errors.Where({ $_ -like '*left of*' })[0])" | Should -BeLike '*what is left of a FeatureMatrix*151 MB*Export-FeatureMatrix there*Import-FeatureMatrix here*'
        }
    }

    It 'is a data set: it is read where it is used' {
        $null = New-MarketFolder market (New-LabelledRows 2 3 2 -Seed 1 -Cameras 2) (New-LabelledRows 3 3 2 -Seed 2 -Cameras 2)
        $set = Import-RetrievalDataset Market1501 market -WarningAction SilentlyContinue
        $set | Export-Clixml set.xml
        $read = Import-Clixml set.xml
        "$($read.Kind)" | Should -Be Market1501
        foreach ($script in '$read | Invoke-GnnReRank', 'Measure-RetrievalAccuracy $ranking -GroundTruth $read', '$read | Import-RetrievalDataset Market1501 market') {
            "$((Invoke-Apart $script @{ read = $read; ranking = $ranking }).Errors[0])" | Should -BeLike '*what is left of a RetrievalDataset*Import-RetrievalDataset here*'
        }
    }
}
