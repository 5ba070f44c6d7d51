# New-NeighborGraph -Method: what it refuses, and the recall that travels with what is made of the graph.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 200 16 300 -Seed 2) (New-LabelledRows 9000 16 300 -Seed 3)
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
}

AfterAll { Pop-Location }

Describe 'An approximate graph' {
    It 'carries its recall through files, packs, rankings and figures' {
        $graph = $sets | New-NeighborGraph -K 26 -Method Approximate -Recall 0.9 -Seed 3 -Verbose 4>&1 -OutVariable all |
            Where-Object { $_ -is [GnnReRank.NeighborGraph] }
        $all | Where-Object { "$_" -match '^Approximate graph: .* clusters; for a recall of 0.9 a row meets' } | Should -HaveCount 1
        $recall = $graph.Approximation.Recall
        $recall | Should -BeGreaterThan 0.85
        $recall | Should -BeLessOrEqual 1
        $graph.Approximation.Origin | Should -Be clusters
        ($graph | Out-String) | Should -Match ('{0:F3}' -f $recall)
        $graph | Export-NeighborGraph near.parquet
        $graph | Export-Clixml near.xml
        (Import-NeighborGraph near.parquet).Approximation | Should -Be $graph.Approximation
        (Import-Clixml near.xml).Approximation | Should -Be $graph.Approximation
        $ranking = $graph | Invoke-ReRank -Method Diffusion -Top 20
        $ranking.Settings.Approximation | Should -Be $graph.Approximation
        ($ranking | Measure-RetrievalAccuracy).Settings.Approximation | Should -Be $graph.Approximation
    }

    It 'of few rows is the exact one' {
        $exact = New-NeighborGraph -Gallery $query.WithRole("Gallery") -K 5
        $near = New-NeighborGraph -Gallery $query.WithRole("Gallery") -K 5 -Method Approximate
        $near.Approximation | Should -BeNullOrEmpty
        $near.GetNeighbors(7) | Should -Be $exact.GetNeighbors(7)
    }

    It 'refuses <Given>' -ForEach @(
        @{ Given = @{ Recall = 0.9 }; Id = 'MethodIsExact' }
        @{ Given = @{ Method = 'Exact'; Seed = 1 }; Id = 'MethodIsExact' }
        @{ Given = @{ Method = 'Approximate'; Recall = 0 }; Id = 'InvalidRecall' }
    ) {
        { New-NeighborGraph $gallery @Given } | Should -Throw -ErrorId "$Id,*"
    }
}
