# The steps of the job, put together without variables.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets market.npz (New-LabelledRows 12 17 6 -Seed 2 -Cameras 2) (New-LabelledRows 60 17 6 -Seed 3 -Cameras 3)
    $q, $g = $sets = Import-FeatureMatrix market.npz -Set Query, Gallery
    $n = (1, 2), (3, 4) | ConvertTo-FeatureMatrix
}

AfterAll { Pop-Location }

Describe 'The whole job' {
    It 'is one line' {
        $accuracy = Import-FeatureMatrix market.npz -Set Query, Gallery | Invoke-GnnReRank -K1 10 -K2 4 | Measure-RetrievalAccuracy
        "$($accuracy.Protocol) $($accuracy.QueryCount) $($accuracy.MeanName) $($accuracy.Settings)" |
            Should -Be 'Market1501 12 mAP GNN Paper k1=10 k2=4 layers=2 alpha=2 lambda=0'
        $accuracy.mAP | Should -BeGreaterThan 0.2
        $accuracy.mAP | Should -BeLessOrEqual 1
    }

    It 'serves several settings by one graph' {
        $graph = $sets | New-NeighborGraph -NeighborCount 40
        (8, 26, 40 | ForEach-Object { $graph | Invoke-GnnReRank -K1 $_ | Measure-RetrievalAccuracy }).Settings.K1 | Should -Be 8, 26, 40
    }

    It 'measures several rankings one by one' {
        (($sets | Search-FeatureMatrix), ($sets | Invoke-GnnReRank -K1 10) | Measure-RetrievalAccuracy).Settings.Method | Should -Be Cosine, GNN
    }
}

Describe 'The matrices' {
    It 'give the same ranking whichever way they are given: <_>' -ForEach @(
        '$sets | Invoke-GnnReRank -K1 10'
        'Invoke-GnnReRank -InputObject $sets -K1 10'
        ', $sets | Invoke-GnnReRank -K1 10'
        '$sets[1], $sets[0] | Invoke-GnnReRank -K1 10'
        'Invoke-GnnReRank $sets[0] $sets[1] -K1 10'
        'Invoke-GnnReRank -Query $sets[0] -Gallery $sets[1] -NeighborCount 10'
        '$sets | New-NeighborGraph -K 10 | Invoke-GnnReRank -K1 10'
        'Invoke-GnnReRank -Graph ($sets | New-NeighborGraph -K 30) -K1 10'
        '($sets | New-NeighborGraph -K 30).WithMatrices($null, $null) | Invoke-GnnReRank -Query $sets[0] -Gallery $sets[1] -K1 10'
    ) {
        $expected = $sets | Invoke-GnnReRank -K1 10
        $ranking = Invoke-Expression $_
        $ranking.QueryCount, $ranking.Depth | Should -Be 12, 60
        $ranking.GetIndices(3) | Should -Be $expected.GetIndices(3)
        $ranking.GetScores(3) | Should -Be $expected.GetScores(3)
    }

    It 'whose roles leave doubt are an error that says what to do: <Given>' -ForEach @(
        @{ Given = '$q'; Found = '1 query, 0 gallery and 0 role-less' }
        @{ Given = '$g'; Found = '0 query, 1 gallery and 0 role-less' }
        @{ Given = '$q, $q, $g'; Found = '2 query, 1 gallery and 0 role-less' }
        @{ Given = '$q, $g, $n'; Found = '1 query, 1 gallery and 1 role-less' }
        @{ Given = '$n, $n'; Found = '0 query, 0 gallery and 2 role-less' }
    ) {
        foreach ($command in 'Invoke-GnnReRank', 'Search-FeatureMatrix', 'New-NeighborGraph') {
            $problem = { Invoke-Expression "$Given | $command" } | Should -Throw "*$Found*-Set Query, Gallery*" -ErrorId 'QueryAndGalleryNeeded,*' -PassThru
            @($problem.TargetObject).Count | Should -Be (Invoke-Expression "@($Given)").Count
        }
    }

    It 'are not file names, and the message names the command for these: <_>' -ForEach 'Invoke-GnnReRank', 'Search-FeatureMatrix', 'New-NeighborGraph' {
        $result = Invoke-Apart "'market.npz' | $_"
        $result.Errors.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be ParameterArgumentTransformationError, QueryAndGalleryNeeded
        "$($result.Errors[0])" | Should -BeLike "*Found the text 'market.npz'*read the file with Import-FeatureMatrix first.*"
        "$($result.Errors[1])" | Should -BeLike '*file names go to Import-FeatureMatrix first*'
    }

    It 'in the wrong order are taken as given with a warning: <_>' -ForEach @(
        'Invoke-GnnReRank $g {0} -K1 10 -WarningVariable warnings'
        'Search-FeatureMatrix $g {0} -WarningVariable warnings'
        'New-NeighborGraph $g {0} -K 10 -WarningVariable warnings'
    ) {
        (Invoke-Expression ($_ -f '$q')).Query.RowCount | Should -Be 60
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*role Gallery*'
        $null = Invoke-Expression ($_.Replace('$g', '$q') -f '$q')
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'Steps before the search' {
    It 'stand in one line' {
        $accuracy = $sets | Convert-FeatureMatrix -CenterCamera | Invoke-GnnReRank -K1 10 -K2 4 | Measure-RetrievalAccuracy
        $accuracy.mAP | Should -Be ($sets | Invoke-GnnReRank -K1 10 -K2 4 -CenterCamera | Measure-RetrievalAccuracy).mAP
    }
}

Describe 'A result' {
    It 'of one matrix without a role is the graph of itself' {
        $graph = $g.WithRole('None') | New-NeighborGraph -K 4
        $graph.VertexCount | Should -Be 60
        $graph.GetNeighbors(5)[0] | Should -Be 5
        $graph.GetNeighbors(5) | Should -Be (New-NeighborGraph -Gallery $g -K 4).GetNeighbors(5)
    }

    It 'is never unrolled' {
        $graph, $ranking, $rest = $( $sets | New-NeighborGraph -K 5; $sets | Search-FeatureMatrix )
        $graph | Should -BeOfType GnnReRank.NeighborGraph
        $ranking | Should -BeOfType GnnReRank.Ranking
        $rest | Should -BeNullOrEmpty
    }
}
