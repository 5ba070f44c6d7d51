# Real features, and what a float64 oracle written apart from this project finds on them, through the commands.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'

    # float32 rounding can flip a near tie in a ranking.
    $meanTolerance, $scoreTolerance = 1e-4, 2e-5

    # The ranking of an entry such as "Paper k1=26 k2=7 lambda=0.3".
    function Get-Ranking([string] $Entry) {
        if ($Entry -eq 'baseline') { return $sets | Search-FeatureMatrix }
        if ($Entry -notmatch '^(\w+) k1=(\d+) k2=(\d+) lambda=([\d.]+)$') { throw "'$Entry' is no known kind of entry." }
        $graph | Invoke-GnnReRank -Variant $Matches[1] -K1 $Matches[2] -K2 $Matches[3] -Lambda $Matches[4]
    }

    function Get-Figures($Ranking) {
        $trapezoid, $all, $plain = @{ ApKind = 'Trapezoid' }, @{ ApKind = 'Trapezoid'; Divide = 'All' }, @{ ApKind = 'Uninterpolated' } |
            ForEach-Object { $Ranking | Measure-RetrievalAccuracy -Protocol $Protocol @_ }
        @{
            valid = $trapezoid.ValidQueryCount; queries = $trapezoid.QueryCount
            mAP_trap = $trapezoid.mAP; mAP_plain = $plain.mAP; mINP = $trapezoid.mINP
            R1 = $trapezoid.Rank1; R5 = $trapezoid.Rank5; R10 = $trapezoid.Rank10
            R1_all = $all.Rank1; mAP_trap_all = $all.mAP
        }
    }

    # What of an entry is not as expected; a figure that the oracle does not give is one too.
    function Get-Differences([string] $Entry, $Expected) {
        $ranking = Get-Ranking $Entry
        $figures = Get-Figures $ranking
        foreach ($name in $figures.Keys) {
            if (-not ([Math]::Abs($figures[$name] - $Expected.$name) -le $meanTolerance)) { "$Entry`: $name is $($figures[$name]), expected $($Expected.$name)" }
        }

        if ($Expected.ContainsKey('score_0_first5')) {
            $indices, $scores = $ranking.GetIndices(0), $ranking.GetScores(0)
            foreach ($row in 0..4) {
                $score = $scores[[array]::IndexOf($indices, $row)]
                if (-not ([Math]::Abs($score - $Expected.score_0_first5[$row]) -le $scoreTolerance)) {
                    "$Entry`: the score of gallery row $row is $score, expected $($Expected.score_0_first5[$row])"
                }
            }
        }
    }
}

Describe 'The published figures' {
    It 'of <DataSet> are reproduced' -ForEach @(
        @{ DataSet = 'digits'; File = 'digits.npz'; Protocol = 'Label' }
        @{ DataSet = 'pku_sketch'; File = 'pytorch_result.mat'; Protocol = 'Market1501' }
        @{ DataSet = 'cuhk03p1'; File = 'pytorch_result.mat'; Protocol = 'Market1501' }
    ) {
        $path = Get-SharedPath $DataSet $File
        $expected = (Get-Content (Get-SharedPath expected.json) -Raw | ConvertFrom-Json -AsHashtable)[$DataSet]
        $sets = Import-FeatureMatrix $path -Set Query, Gallery
        $sets.RowCount | Should -Be $expected.queries, $expected.gallery
        $graph = $sets | New-NeighborGraph
        $expected.results.Count | Should -BeGreaterThan 1
        $expected.results.Keys | ForEach-Object { Get-Differences $_ $expected.results[$_] } | Should -BeNullOrEmpty
    }
}
