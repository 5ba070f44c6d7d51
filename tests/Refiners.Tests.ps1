# Methods that refine features or correct scores, through the command: real features, and what float64 oracles written apart from this
# project find on them.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'

    # float32 rounding can flip a near tie in a ranking; one in the lists of three rounds moved scores nearby by 6e-5.
    $meanTolerance, $scoreTolerance = 2e-4, 5e-5

    function Get-Golden([string] $DataSet) {
        $path = Join-Path (Split-Path (Split-Path (Get-SharedPath))) shared oracles "golden_$DataSet.json"
        if (-not (Test-Path $path)) { Set-ItResult -Skipped -Because "'oracles/golden_$DataSet.json' is not beside this checkout (shared)" }
        (Get-Content $path -Raw | ConvertFrom-Json -AsHashtable).results
    }

    # What of an entry is not as expected: the means, and the first scores of three queries, which near ties do not change.
    function Get-Differences($Ranking, $Expected, [string] $Protocol) {
        $trapezoid, $plain = 'Trapezoid', 'Uninterpolated' | ForEach-Object { $Ranking | Measure-RetrievalAccuracy -Protocol $Protocol -ApKind $_ }
        $figures = @{ mAP_trap = $trapezoid.mAP; mAP_plain = $plain.mAP; mINP = $trapezoid.mINP; R1 = $trapezoid.Rank1; R5 = $trapezoid.Rank5; R10 = $trapezoid.Rank10 }
        foreach ($name in $figures.Keys) {
            # A near tie moves a rate by a whole query, and one query's inverse of its last match by up to a half.
            $allowed = $name -match '^R' ? 2 / $Ranking.QueryCount : $meanTolerance
            if (-not ([Math]::Abs($figures[$name] - $Expected.$name) -le $allowed)) { "$name is $($figures[$name]), expected $($Expected.$name)" }
        }

        foreach ($query in 0..2) {
            $scores, $listed = $Ranking.GetScores($query), $Expected["query$query"].score
            foreach ($rank in 0..9) {
                if (-not ([Math]::Abs($scores[$rank] - $listed[$rank]) -le $scoreTolerance)) {
                    "query $query, rank $($rank + 1): $($scores[$rank]), expected $($listed[$rank])"
                }
            }
        }
    }
}

Describe 'The figures of the oracles' {
    It 'of <Entry> on <DataSet> are reproduced' -ForEach @(
        foreach ($set in @(
                @{ DataSet = 'digits'; File = 'digits.npz'; Protocol = 'Label' }
                @{ DataSet = 'cuhk03p1'; File = 'pytorch_result.mat'; Protocol = 'Market1501' })) {
            $methods = @(
                @{ Entry = 'aqe default'; Given = @{ Method = 'QueryExpansion'; Neighbors = 5; Exponent = 0 } }
                @{ Entry = 'alpha_qe default'; Given = @{ Method = 'QueryExpansion' } }
                @{ Entry = 'alpha_qe_dba default'; Given = @{ Method = 'QueryExpansion'; DatabaseNeighbors = 10 } }
                @{ Entry = 'alpha_qe_joint default'; Given = @{ Method = 'QueryExpansion'; Joint = $true } }
            )
            $methods += $set.DataSet -eq 'digits' ? @(
                @{ Entry = 'gcr default'; Given = @{ Method = 'GraphConvolution' } }
                @{ Entry = 'gcr adapted1'; Given = @{ Method = 'GraphConvolution'; Neighbors = 60 } }
            ) : @(
                @{ Entry = 'gcr_nocam default'; Given = @{ Method = 'GraphConvolution' } }
                @{ Entry = 'gcr default'; Given = @{ Method = 'GraphConvolution'; CrossCamera = $true } }
                @{ Entry = 'gcr_pvg default'; Given = @{ Method = 'GraphConvolution'; CrossCamera = $true; Ridge = 10 } }
                @{ Entry = 'gcr_pvg adapted1'; Given = @{ Method = 'GraphConvolution'; CrossCamera = $true; Ridge = 10; Neighbors = 10; OtherCameraNeighbors = 6 } }
            )
            foreach ($method in $methods) { $set + $method }
        }
    ) {
        $expected = (Get-Golden $DataSet)[$Entry]
        $ranking = Import-FeatureMatrix (Get-SharedPath $DataSet $File) -Set Query, Gallery | Invoke-ReRank @Given
        Get-Differences $ranking $expected $Protocol | Should -BeNullOrEmpty
    }
}

Describe 'Methods that refine' {
    It '<Method> ranks the example, and says what made it' -ForEach @(
        @{ Method = 'QueryExpansion'; Line = 'QueryExpansion k=10 alpha=3 dba=0' }
        @{ Method = 'GraphConvolution'; Line = 'GraphConvolution k1=15 beta1=0.2 rounds=3 k2=3 beta2=0.2 scale=0.3' }
        @{ Method = 'NeighborNormalization'; Line = 'NeighborNormalization k=128 beta=0.75 bank=Query' }
        @{ Method = 'SuperGlobal'; Line = 'SuperGlobal M=400 k=9 beta=0.15' }
    ) {
        $sets = Import-FeatureMatrix -Example
        $ranking = $sets | Invoke-ReRank -Method $Method -Top 20
        "$($ranking.Settings)" | Should -Be $Line
        $ranking.Depth | Should -Be 20
        $ranking.Query.HasLabels | Should -BeTrue
    }

    It 'tells that cameras are needed and missing' -ForEach @{ CrossCamera = $true }, @{ Ridge = 10 } {
        $given = $_
        { Import-FeatureMatrix -Example | Invoke-ReRank -Method GraphConvolution @given } | Should -Throw -ErrorId 'CamerasNeeded*'
    }
}
