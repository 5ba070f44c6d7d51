# The numbers in the progress of long calls: how much of what is done, how fast it goes and how long it will take.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    $matrix = ConvertTo-FeatureMatrix -InputObject (New-LabelledRows 20000 256 50 -Seed 4).Values
    $ranking = Search-FeatureMatrix ($matrix | Select-FeatureMatrix -First 1500) $matrix
    $matrix | Export-FeatureMatrix features.csv
    $matrix | Export-FeatureMatrix features.parquet
    $values = @{ matrix = $matrix; ranking = $ranking }

    function Read-Number([string] $Text) {
        $factor = if ($Text -match 'million') { 1e6 } else { 1 }
        $factor * [double]::Parse(($Text -replace '[^\d.]'), [cultureinfo]::InvariantCulture)
    }

    # The numbers of a record, after its form is checked.
    function Test-Record($Record) {
        $Record.StatusDescription | Should -Match '^[A-Z][a-z, ]+: [\d,.]+ of [\d,.]+ (MB|(million )?[a-z]+( rows)?)(, [\d,.]+ ((million|MB) )?a second)?$'
        $null = $Record.StatusDescription -match ': (?<done>\S+) of (?<total>\S+( million)?)(.*, (?<rate>.*) a second$)?'
        $total, $done = (Read-Number $Matches.total), (Read-Number ($Matches.total -replace '^\S+', $Matches.done))
        [Math]::Abs($Record.PercentComplete - (100 * $done / $total)) | Should -BeLessOrEqual 1.5
        if (-not $Matches.ContainsKey('rate')) {
            $Record.SecondsRemaining | Should -Be -1
            return
        }

        # What is told is rounded.
        $left = ($total - $done) / (Read-Number $Matches.rate)
        $Record.SecondsRemaining | Should -BeGreaterOrEqual ([Math]::Min([int]::MaxValue, [Math]::Floor(0.95 * $left - 1)))
        $Record.SecondsRemaining | Should -BeLessOrEqual ([Math]::Ceiling(1.05 * $left + 1))
    }
}

AfterAll { Pop-Location }

Describe '<Call>' -ForEach @(
    @{ Call = 'Import-FeatureMatrix features.csv'; Total = '\S+ MB' }
    @{ Call = 'Import-FeatureMatrix features.parquet'; Total = '20,000 rows' }
    @{ Call = '$matrix | Export-FeatureMatrix copy.csv'; Total = '20,000 rows' }
    @{ Call = 'New-NeighborGraph -Gallery $matrix -ThrottleLimit 1'; Total = '(200\.0 million pairs|20,000 rows)' }
    @{ Call = '$ranking | Export-Ranking ranking.csv -Top 5000'; Total = '1,500 queries' }
) {
    It 'says how much of what is done' {
        $result = Invoke-Apart "`$null = $Call" $values
        $result.Errors | Should -BeNullOrEmpty
        foreach ($record in $result.Progress | Where-Object RecordType -EQ Processing) {
            $record.StatusDescription | Should -Match " of $Total(,|$)"
            Test-Record $record
        }
    }
}

Describe 'A stage that takes long' {
    # Two billion layers: it goes on until the rate is told, on any machine.
    It 'says how fast it goes, and for how long yet' {
        $small = ConvertTo-FeatureMatrix -InputObject (New-LabelledRows 1000 3 5 -Seed 1).Values
        $shell = New-Apart 'Invoke-GnnReRank -Query $small -Gallery $small -Layers 2000000000' @{ small = $small }
        try {
            $running = $shell.BeginInvoke()
            $shown = $shell.Streams.Progress
            $deadline = [Environment]::TickCount64 + 300000
            while (-not ($told = @($shown | Where-Object SecondsRemaining -GT 0)) -and [Environment]::TickCount64 -lt $deadline) {
                $running.AsyncWaitHandle.WaitOne(100) | Should -BeFalse -Because 'the call has no end'
            }

            $told | Should -Not -BeNullOrEmpty
            Test-Record $told[0]
            $told[0].StatusDescription | Should -Match 'a second$'
        }
        finally {
            $shell.Stop()
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}
