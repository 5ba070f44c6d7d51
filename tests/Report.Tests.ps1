# The figures of a report that shows some queries alone: they are of all queries.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $query, $gallery = Import-FeatureMatrix (Get-RepositoryPath examples data digits-query.parquet), (Get-RepositoryPath examples data digits-gallery.parquet)
    $rankings = (Search-FeatureMatrix $query $gallery), (Invoke-GnnReRank $query $gallery)
    $before, $after = $rankings | Measure-RetrievalAccuracy
    $moves = for ($row = 0; $row -lt $query.RowCount; $row++) { $after.PerQuery[$row].AveragePrecision - $before.PerQuery[$row].AveragePrecision }

    function Get-ReportData([string] $Path) {
        $null = [IO.File]::ReadAllText((Resolve-Target $Path)) -match '(?s)id="data">(.*?)</script>'
        ConvertFrom-Json $Matches[1]
    }
}

AfterAll { Pop-Location }

Describe 'A report of <Most> queries' -ForEach @{ Most = 1 }, @{ Most = 10 } {
    BeforeAll {
        $rankings | Export-RankingReport "$Most.html" -MaxQueries $Most
        $data = Get-ReportData "$Most.html"
        $changes = $data.rankings[1].changes
    }

    It 'lists the gains and losses of all' {
        $data.query.rows | Should -HaveCount $Most
        $data.queryCount | Should -Be $query.RowCount
        $changes.gained.count | Should -Be @($moves -gt 1e-9).Count
        $changes.lost.count | Should -Be @($moves -lt -1e-9).Count
        $lost = @(0..($moves.Count - 1) | Where-Object { $moves[$_] -lt -1e-9 } | Sort-Object { $moves[$_] } -Stable | Select-Object -First 10)
        $lost.Count | Should -BeGreaterThan 1
        $changes.lost.most.row | Should -Be $lost
    }

    It 'has the curves of all' {
        ($data.rankings[1].histogram | Measure-Object -Sum).Sum | Should -Be $after.ValidQueryCount
        $data.rankings[1].results[0].mean | Should -Be ([Math]::Round($after.mAP, 6))
    }
}
