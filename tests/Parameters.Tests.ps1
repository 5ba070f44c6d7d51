# Parameters that are left out, alone or in an unusual place: the commands do what was meant, or say what is missing. Nothing is asked.
BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $commands = (Get-Command -Module GnnReRank).Name
    $forObjects = 'Measure-RetrievalAccuracy', 'Show-Ranking', 'Expand-Ranking', 'Join-FeatureMatrix', 'Select-FeatureMatrix', 'ConvertTo-FeatureMatrix',
        'Compare-RetrievalAccuracy', 'Export-Ranking x.csv', 'Export-RankingReport x.html', 'Export-NeighborGraph x.npy', 'Export-FeatureMatrix x.npy',
        'Start-ReRankClusterJob', 'Get-ReRankClusterJob', 'Receive-ReRankClusterJob',
        'Convert-FeatureMatrix', 'New-FeatureTransform', 'Export-FeatureTransform x.transform', 'New-ReRankIndex', 'Export-ReRankIndex x.rerank'
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 5 8 3 -Seed 2) (New-LabelledRows 15 8 3 -Seed 3)
    $query, $gallery = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $plain = $gallery.WithRole('None')
    $ranking = Search-FeatureMatrix $query $gallery
    $graph = New-NeighborGraph $query $gallery -NeighborCount 10
    $accuracy = Measure-RetrievalAccuracy $ranking -Protocol Label
    $names = @{ query = $query; gallery = $gallery; plain = $plain; ranking = $ranking; graph = $graph; accuracy = $accuracy }

    # The commands run apart, where a question is the error MissingMandatoryParameter.
    function Get-Refusal([string] $Script) {
        $result = Invoke-Apart $Script $names
        $result.Output | Should -BeNullOrEmpty
        $result.Errors | Should -HaveCount 1
        [pscustomobject]@{ Id = $result.ErrorId; Text = "$($result.Errors[0])" }
    }
}

AfterAll { Pop-Location }

Describe 'K2 that is not given' {
    It 'follows <K1> to <K2>' -ForEach @{ K1 = 26; K2 = 7 }, @{ K1 = 7; K2 = 7 }, @{ K1 = 5; K2 = 5 }, @{ K1 = 1; K2 = 1 } {
        $result = Invoke-Apart "`$query, `$gallery | Invoke-GnnReRank -K1 $K1 -Verbose -WarningAction SilentlyContinue" $names
        $result.Errors | Should -BeNullOrEmpty
        $result.Output[0].Settings.K2 | Should -Be $K2
        "$($result.Output[0].Settings)" | Should -BeLike "* k2=$K2 *"
        @($result.Verbose -match '^K2 is \d+: it was not given, and follows K1').Count | Should -Be ([int] ($K2 -lt 7))
    }

    It 'gives the ranking of the same K2 by name' {
        $unset, $set = { Invoke-GnnReRank $query $gallery -K1 5 }, { Invoke-GnnReRank $query $gallery -K1 5 -K2 5 } | ForEach-Object { , (& $_).GetScores(2) }
        $unset | Should -Be $set
    }
}

Describe 'K1 that is not given' {
    It 'is chosen from the lists with K2 and Lambda, and the result and -Verbose say why' {
        $result = Invoke-Apart '$query, $gallery | Invoke-GnnReRank -Verbose' @{ query = $query; gallery = $gallery }
        $settings = $result.Output[0].Settings
        $settings.IsAutomatic | Should -BeFalse
        $settings.Choice | Should -Not -BeNullOrEmpty
        @($result.Verbose) -like "K1 $($settings.K1), K2 $($settings.K2) and lambda * chosen: $($settings.Choice)" | Should -HaveCount 1
    }

    It 'is chosen from what a graph has, with a warning where that is little' {
        $result = $graph | Invoke-GnnReRank -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Settings.K1 | Should -BeLessOrEqual 10
        "$warnings" | Should -BeLike "K1 and K2 are chosen from the graph's 10 neighbours a row*-NeighborCount*"
    }

    It 'is 26 where K2 is given, or what a graph has, with a warning' {
        $result = $graph | Invoke-GnnReRank -K2 7 -WarningVariable warnings -WarningAction SilentlyContinue
        "$($result.Settings)" | Should -BeLike '* k1=10 k2=7 * lambda=0'
        "$warnings" | Should -BeLike 'K1 is 26 by default*10 neighbours a row*K1 10 and K2 7 are used.'
    }

    It 'is 26 for the published code' {
        ($query, $gallery | Invoke-GnnReRank -Variant Reference -WarningAction SilentlyContinue).Settings.Choice | Should -BeNullOrEmpty
    }
}

Describe 'Nothing is asked' {
    It 'but paths and the name of a data set, by <_> alone' -ForEach $commands {
        $result = Invoke-Apart $_
        if ($result.ErrorId -eq 'MissingMandatoryParameter') {
            $missing = "$($result.Errors[0])" -replace '^.*parameters: ' -replace '\.$' -split '[ ,]+'
            $missing | Where-Object { $_ -notin 'Path', 'Protocol' } | Should -BeNullOrEmpty
        }
        elseif ($_ -ne 'Get-ReRankDevice') {
            $result.ErrorId | Should -BeIn 'InputMissing', 'QueryAndGalleryNeeded'
        }
    }

    It 'by <_> with each of its switches' -ForEach $forObjects {
        $command = ($_ -split ' ')[0]
        $switches = (Get-Command $command).Parameters.Values | Where-Object { $_.SwitchParameter -and $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters }
        foreach ($switch in @($switches.Name)) {
            $refusal = Get-Refusal "$_ $(if ($switch) { "-$switch" })"
            $refusal.Id | Should -Be InputMissing
            $refusal.Text | Should -BeLike "$command was given nothing to work on: *, through the pipeline or as -*"
        }
    }
}

Describe 'What is missing' {
    It 'is named for <Given>' -ForEach @(
        @{ Given = 'Invoke-GnnReRank'; Says = '*one query and one gallery*-Query and -Gallery*' }
        @{ Given = 'Invoke-GnnReRank -K1 5'; Says = '*one query and one gallery*-Query and -Gallery*' }
        @{ Given = 'Invoke-GnnReRank -Query $query'; Says = '-Query was given, and -Gallery is missing*-Graph*' }
        @{ Given = 'Invoke-GnnReRank $query'; Says = '-Query was given, and -Gallery is missing*' }
        @{ Given = 'Invoke-GnnReRank -Gallery $gallery'; Says = '-Gallery was given, and -Query is missing*-Graph*' }
        @{ Given = 'Search-FeatureMatrix'; Says = '*one query and one gallery*-Query and -Gallery*' }
        @{ Given = 'Search-FeatureMatrix -Query $query'; Says = '-Query was given, and -Gallery is missing*' }
        @{ Given = 'Search-FeatureMatrix -Gallery $gallery -Top 3'; Says = '-Gallery was given, and -Query is missing*' }
        @{ Given = 'New-NeighborGraph -NeighborCount 5'; Says = '*one query and one gallery*-Query and -Gallery*' }
        @{ Given = 'New-NeighborGraph $query'; Says = '-Query was given, and -Gallery is missing*as -Gallery.' }
        @{ Given = '$plain | Join-FeatureMatrix -Normalize'; Says = '-Normalize was given without -Concatenate*'; Id = 'ConcatenateNeeded' }
        @{ Given = '$plain | Join-FeatureMatrix -MatchNames'; Says = '-MatchNames was given without -Concatenate*'; Id = 'ConcatenateNeeded' }
        @{ Given = 'Compare-RetrievalAccuracy $accuracy'; Says = '*a result to compare is needed*-Difference*'; Id = 'InputMissing' }
        @{ Given = 'New-ReRankClusterJob a.job'; Says = '*the file of the queries*as -Query*'; Id = 'InputMissing' }
        @{ Given = 'New-ReRankClusterJob a.job q.npy'; Says = '*the file of the gallery*as -Gallery*'; Id = 'InputMissing' }
        @{ Given = 'New-ReRankClusterJob a.job q.npy g.npy -Seed 3'; Says = '-Seed was given without -Recall*'; Id = 'ListsAreExact' }
        @{ Given = 'Start-ReRankClusterJob x.job -TimeLimit 120'; Says = '*120*counts whole minutes*2:00:00*'; Id = 'TimeLimitTooShort' }
        @{ Given = 'ConvertTo-FeatureMatrix Embedding'; Says = '*a row of numbers*-InputObject*'; Id = 'InputMissing' }
    ) {
        $refusal = Get-Refusal $Given
        $refusal.Id | Should -Be ($Id ?? 'QueryAndGalleryNeeded')
        $refusal.Text | Should -BeLike $Says
    }
}

Describe 'What is in the wrong place' {
    It 'is named for <Given>' -ForEach @(
        @{ Given = 'Export-Ranking $ranking out.csv'; Says = '*Found a Ranking, and the path of the file is needed: it comes first*' }
        @{ Given = 'Export-FeatureMatrix ($query, $gallery) out.npz'; Says = '*Found a list, and the path*' }
        @{ Given = 'ConvertTo-FeatureMatrix (1, 2, 3)'; Says = '*Found a list, and the name of a property is needed*-InputObject*' }
        @{ Given = 'New-ReRankClusterJob $gallery q.npy g.npy'; Says = '*Found a FeatureMatrix, and the path of the job*' }
        @{ Given = 'New-ReRankClusterJob out.job $query $gallery'; Says = '*Found a feature matrix, and the path of its file*Export-FeatureMatrix first*' }
        @{ Given = 'Get-ReRankClusterJob $ranking'; Says = 'Found a value of type Ranking, and a cluster job is needed*' }
        @{ Given = '$nothing | Stop-ReRankClusterJob'; Says = '*Found nothing ($null), and a cluster job*' }
        @{ Given = '$ranking | Export-NeighborGraph out.npy'; Says = '*Found a Ranking, and a neighbour graph is needed*' }
        @{ Given = '$ranking | Export-FeatureTransform out.transform'; Says = '*Found a value of type Ranking, and a feature transform is needed*' }
        @{ Given = 'Convert-FeatureMatrix $gallery -Transform out.transform'; Says = "*Found the text 'out.transform'*Import-FeatureTransform first*" }
        @{ Given = 'Measure-RetrievalAccuracy out.csv'; Says = "*Found the text 'out.csv', and a ranking is needed*" }
        @{ Given = 'Search-FeatureMatrix $nothing $gallery'; Says = '*Found nothing ($null), and a feature matrix is needed*' }
        @{ Given = 'Invoke-GnnReRank -Graph $graph -Query $nothing'; Says = '*Found nothing ($null), and a feature matrix is needed*' }
        @{ Given = 'Measure-RetrievalAccuracy $nothing'; Says = '*Found nothing ($null), and a ranking is needed*' }
        @{ Given = '$nothing | Select-FeatureMatrix -First 1'; Says = '*Found nothing ($null), and a feature matrix is needed*' }
        @{ Given = 'Compare-RetrievalAccuracy $accuracy $nothing'; Says = '*Found nothing ($null), and a result*' }
    ) {
        (Get-Refusal $Given).Text | Should -BeLike $Says
        Get-ChildItem out* | Should -BeNullOrEmpty
    }
}

Describe 'One matrix' {
    It 'by <Given> is the gallery of a graph' -ForEach @{ Given = 'its place' }, @{ Given = 'name' }, @{ Given = 'the pipeline' } {
        $made = switch ($Given) {
            'its place' { New-NeighborGraph $plain -K 4 }
            'name' { New-NeighborGraph -Gallery $plain -K 4 }
            'the pipeline' { $plain | New-NeighborGraph -K 4 }
        }
        $made.Query | Should -BeNullOrEmpty
        $made.Gallery | Should -Be $plain
        $made.VertexCount | Should -Be 15
        (New-NeighborGraph $gallery -K 4).Gallery | Should -Be $gallery
    }
}

Describe 'Something else in the pipeline' {
    It 'is named, and no parameter set is spoken of: <_>' -ForEach 'Invoke-GnnReRank', 'Search-FeatureMatrix', 'New-NeighborGraph', 'Select-FeatureMatrix -First 1' {
        $result = Invoke-Apart "`$ranking, 7, `$accuracy | $_" $names
        $result.Output | Should -BeNullOrEmpty
        $result.Errors[0..2] | ForEach-Object { "$_" -replace '^.*Found', 'Found' -replace ',.*' } |
            Should -Be 'Found a Ranking', 'Found a value of type Int32', 'Found a value of type RetrievalAccuracy'
    }
}

Describe 'A matrix in the pipeline beside one by name' {
    It 'is not lost without a word' {
        $result = Invoke-Apart '$query | Invoke-GnnReRank -Gallery $gallery' $names
        $result.Output | Should -BeNullOrEmpty
        $result.Errors.FullyQualifiedErrorId | Should -BeLike '*,GnnReRank.Commands.InvokeGnnReRankCommand'
        "$($result.Errors[-1])" | Should -BeLike '-Gallery was given, and -Query is missing*pipe both*'
    }
}
