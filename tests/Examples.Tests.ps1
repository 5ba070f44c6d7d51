# The scripts under examples/, run as a person runs them: in a pwsh of their own.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive

    function Invoke-Example([string] $Name) { Invoke-Pwsh -File (Get-RepositoryPath examples $Name) @args }

    function New-Market([string] $Path) { Write-NpzSets $Path (New-LabelledRows 12 17 6 -Seed 2 -Cameras 2) (New-LabelledRows 60 17 6 -Seed 3 -Cameras 3) }

    # A table of unit vectors by their angles, each after a first column: Get-AngleTable label 10=1, 20=2.
    function Get-AngleTable([string] $Column, [string[]] $Rows) {
        "$Column,f0,f1"
        foreach ($row in $Rows) {
            $degrees, $first = $row -split '='
            $angle = [double] $degrees * [Math]::PI / 180
            [FormattableString]::Invariant([Runtime.CompilerServices.FormattableStringFactory]::Create('{0},{1},{2}', $first, [Math]::Cos($angle), [Math]::Sin($angle)))
        }
    }
}

AfterAll { Pop-Location }

Describe 'Every example' {
    It 'says what to do first where the module is not built: <Name>' -ForEach @(
        @{ Name = 'CompareMethods.ps1'; Arguments = @('in/a.npz'); Code = 1 }
        @{ Name = 'Landmarks.ps1'; Arguments = 'in/a.npz', 'in/a.npz'; Code = 1 }
        @{ Name = 'NightlyReRank.ps1'; Arguments = '-OutputFolder', 'out', 'in'; Code = 3 }
        @{ Name = 'ReIdentification.ps1'; Arguments = @('in/a.npz'); Code = 1 }
    ) {
        $null = New-Item -ItemType Directory -Path clone/examples, in -Force
        $null = New-Item -ItemType File -Path in/a.npz -Force
        Copy-Item (Get-RepositoryPath examples $Name) clone/examples
        $run = Invoke-Pwsh -File clone/examples/$Name @Arguments
        $run.ExitCode | Should -Be $Code
        $run.Error | Should -BeLike '*not built yet. Build first: ./build.ps1*'
    }
}

Describe 'QuickStart' {
    It 'prints the known accuracy and what was gained: <Name>' -ForEach @(
        @{ Name = 'the emoji'; Arguments = @(); Rows = '44.38 67.24*Cosine', '44.53 57.24*GNN Paper k1=26 k2=7*', '50.83 70.00*Diffusion*', '55.36 74.48*Diffusion*'; Gain = '+11.0 points of mAP, +7.2 of R@1'; InReadme = $true }
        @{ Name = 'the digits'; Arguments = '-Sample', 'Digits'; Rows = '66.14 100.00*Cosine', '85.43 98.00*GNN Paper k1=26 k2=7*', '74.87 99.00*Diffusion*'; Gain = '+8.7 points of mAP, -1.0 of R@1' }
    ) {
        $run = Invoke-Example QuickStart.ps1 @Arguments
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $lines = $run.Output -split "`n" | Get-Squeezed
        foreach ($row in $Rows) { @($lines -like $row) | Should -HaveCount 1 }
        $lines[-1] | Should -Be "From the first row to the last: $Gain."
        if ($InReadme) {
            $table = ($run.Output -replace '(?s)From the first row.*').Trim()
            (Get-Content (Get-RepositoryPath README.md) -Raw).ReplaceLineEndings("`n").Contains($table) | Should -BeTrue
        }
    }

    It 'writes a report with the pictures of the sample' {
        $run = Invoke-Example QuickStart.ps1 -K1 5 -K2 2 -Report emoji.html
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $run.Output | Should -Not -BeLike '*WARNING*'
        Get-Content emoji.html -Raw | Should -Match 'Quick start: Emoji'
    }

    It 'takes features of others, both sets' {
        $digits = 'query', 'gallery' | ForEach-Object { Get-RepositoryPath examples data "digits-$_.parquet" }
        (Invoke-Example QuickStart.ps1 -Query $digits[0] -Gallery $digits[1] -K1 5).Output | Should -BeLike '*66.14*k1=5 k2=5*'
        (Invoke-Example QuickStart.ps1 -Query $digits[0]).Error | Should -BeLike '*Gallery*'
    }

    It 'builds first in a clone, and says so' {
        $null = New-Item -ItemType Directory -Path bare/examples/data/emoji, bare/module
        Copy-Item (Get-RepositoryPath examples QuickStart.ps1) bare/examples
        Copy-Item (Get-RepositoryPath examples data emoji *.parquet) bare/examples/data/emoji
        Set-Content bare/build.ps1 "'The build runs.'; Set-Content `$PSScriptRoot/module/GnnReRank.dll ''"
        Set-Content bare/GnnReRank.psd1 "@{ ModuleVersion = '0.1.0'; NestedModules = '$(Get-RepositoryPath GnnReRank.psd1)'; CmdletsToExport = '*' }"
        $first, $second = 1, 2 | ForEach-Object { Invoke-Pwsh -File bare/examples/QuickStart.ps1 }
        $first.ExitCode, $first.Error | Should -Be 0, ''
        $first.Output | Should -BeLike "Building GnnReRank*minutes.`nThe build runs.*Cosine*GNN Paper*"
        $second.Output | Should -Not -BeLike '*uild*'
        $second.Output | Should -BeLike '*Cosine*GNN Paper*'
    }
}

Describe 'ReIdentification' {
    It 'compares, and exports to the current folder or to another' {
        $null = New-Item -ItemType Directory -Path input
        New-Market input/market.npz
        $run = Invoke-Example ReIdentification.ps1 input/market.npz -K1 '4,8' -K2 2 -Top 5
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $run.Output | Should -BeLike '*Cosine*GNN Paper k1=4 k2=2*GNN Paper k1=8 k2=2*'
        (Get-ChildItem input).Name | Should -Be market.npz
        $written = Get-FileHash market.reranked.parquet

        $again = Invoke-Example ReIdentification.ps1 input/market.npz -K1 4 -K2 2
        $again.ExitCode, $again.Output | Should -Be 1, '' # refused before the work
        $again.Error | Should -BeLike '*-Force*-OutputFolder*'
        (Get-FileHash market.reranked.parquet).Hash | Should -Be $written.Hash
        (Invoke-Example ReIdentification.ps1 input/market.npz -K1 4 -K2 2 -Force).ExitCode | Should -Be 0
        (Get-FileHash market.reranked.parquet).Hash | Should -Not -Be $written.Hash

        (Invoke-Example ReIdentification.ps1 input/market.npz -K1 4 -K2 2 -OutputFolder made/here).ExitCode | Should -Be 0
        [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes((Convert-Path made/here/market.reranked.parquet))[0..3]) | Should -Be PAR1
    }

    It 'reads a result of the re-ID baselines' {
        $run = Invoke-Example ReIdentification.ps1 (Get-SharedPath pku_sketch pytorch_result.mat) -K1 10 -K2 4 -OutputFolder sketch
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $rows = $run.Output -split "`n" | Get-Squeezed
        @($rows -like '17.80*Cosine') | Should -HaveCount 1 # the baseline of expected.json
        @($rows -like '16.87*GNN Paper k1=10 k2=4*') | Should -HaveCount 1
    }
}

Describe 'NightlyReRank' {
    BeforeAll {
        $small = @{ K1 = 4; K2 = 2 }

        # Into out/: as a process, or here, which takes less time and expects success.
        function Invoke-Nightly { Invoke-Example NightlyReRank.ps1 -OutputFolder out @args }
        function Start-Nightly([string] $Folder, [hashtable] $Settings = $small) {
            & (Get-RepositoryPath examples NightlyReRank.ps1) -OutputFolder out -InputFolder $Folder @Settings | Should -BeNullOrEmpty
            $LASTEXITCODE | Should -Be 0
        }

        function Read-Json([string] $Path) { Get-Content $Path -Raw | ConvertFrom-Json }
        function Get-Status { (Read-Json out/summary.json).jobs | ForEach-Object { "$($_.name) $($_.status)" } | Sort-Object }
    }

    BeforeEach {
        Remove-Item out, day1, day2 -Recurse -ErrorAction Ignore
        $null = New-Item -ItemType Directory -Path day1, day2
        New-Market day1/a.npz
    }

    It 'gives <Code> for <Case>, and does nothing' -ForEach @(
        @{ Code = 1; Case = 'an unknown parameter'; Arguments = '-NoSuch', 3, 'day1'; Hint = '*-NoSuch*' }
        @{ Code = 1; Case = 'no number'; Arguments = '-K1', 'many', 'day1'; Hint = '*K1*many*' }
        @{ Code = 1; Case = 'a number out of range'; Arguments = '-Top', 0, 'day1'; Hint = '*Top*' }
        @{ Code = 1; Case = 'K2 above K1'; Arguments = '-K1', 4, '-K2', 9, 'day1'; Hint = '*K2 is 9*' }
        @{ Code = 1; Case = 'an unknown variant'; Arguments = '-Variant', 'Newest', 'day1'; Hint = '*Paper*' }
        @{ Code = 1; Case = 'no folder'; Arguments = @(); Hint = '*InputFolder*' }
        @{ Code = 1; Case = 'a missing folder'; Arguments = 'day1', 'day9'; Hint = "*no input folder 'day9'*" }
        @{ Code = 1; Case = 'a folder without a job'; Arguments = , 'day2'; Hint = '*No job in day2*' }
        @{ Code = 1; Case = 'two jobs of one name'; Arguments = 'day1', 'day1'; Hint = "*Two jobs*'day1/a'*" }
        @{ Code = 0; Case = '-WhatIf'; Arguments = '-WhatIf', 'day1'; Hint = '' }
    ) {
        $run = Invoke-Nightly @Arguments
        $run.ExitCode | Should -Be $Code
        ($run.Error -replace '\s+', ' ') | Should -BeLike $Hint
        if ($Case -eq '-WhatIf') { $run.Output | Should -BeLike '*Re-rank*day1/a*' }
        Test-Path out | Should -BeFalse
    }

    It 'gives 3 where it cannot write, or another run has the folder' {
        Set-Content out file
        $run = Invoke-Nightly -K1 4 -K2 2 day1
        $run.ExitCode | Should -Be 3
        $run.Error | Should -BeLike 'NightlyReRank:*out*'
        Remove-Item out
        $null = New-Item -ItemType Directory -Path out
        $lock = [IO.File]::Open("$TestDrive/out/.lock", 'OpenOrCreate', 'ReadWrite', 'None')
        try { (Invoke-Nightly -K1 4 -K2 2 day1).ExitCode | Should -Be 3 }
        finally { $lock.Dispose() }
        (Invoke-Nightly -K1 4 -K2 2 day1).ExitCode | Should -Be 0
    }

    It 'writes each ranking with its result, and leaves alone what is up to date' {
        $run = Invoke-Nightly -K1 4 -K2 2 day1
        $run.ExitCode, $run.Output, $run.Error | Should -Be 0, '', ''
        $first = Read-Json out/day1/a.result.json
        $first.mAPAfter | Should -BeGreaterThan 0.1
        $first.rankingSha256 | Should -Be (Get-FileHash out/day1/a.ranking.parquet).Hash
        $written = (Get-Item out/day1/a.ranking.parquet).LastWriteTimeUtc
        (Get-ChildItem out -Recurse -Force).Name | Sort-Object | Should -Be a.ranking.parquet, a.result.json, day1, summary.json

        # One that fails beside it: the other is not touched, and keeps its figures.
        [IO.File]::WriteAllBytes("$TestDrive/day1/broken.npz", [IO.File]::ReadAllBytes("$TestDrive/day1/a.npz")[0..99])
        $run = Invoke-Nightly -K1 4 -K2 2 day1
        $run.ExitCode | Should -Be 2
        $run.Error | Should -BeLike 'day1/broken:*'
        Get-Status | Should -Be 'day1/a UpToDate', 'day1/broken Failed'
        (Read-Json out/summary.json).jobs[0].mAPAfter | Should -Be $first.mAPAfter
        (Get-Item out/day1/a.ranking.parquet).LastWriteTimeUtc | Should -Be $written

        Copy-Item day1/a.npz day1/broken.npz
        (Invoke-Nightly -K1 4 -K2 2 day1).ExitCode | Should -Be 0
        Get-Status | Should -Be 'day1/a UpToDate', 'day1/broken Done'
    }

    It 'does a job again after <Case>' -ForEach @(
        @{ Case = 'another K1'; Given = @{ K1 = 5 } }
        @{ Case = 'another K2'; Given = @{ K2 = 1 } }
        @{ Case = 'another Top'; Given = @{ Top = 3 } }
        @{ Case = 'another variant'; Given = @{ Variant = 'Reference' } }
        @{ Case = 'another version of the module'; Change = { (Get-Content out/day1/a.result.json -Raw) -replace '"module": ".*?"', '"module": "0.0.1"' | Set-Content out/day1/a.result.json } }
        @{ Case = 'an older input in its place'; Change = { (Get-Item day1/a.npz).LastWriteTimeUtc = [DateTime]::UtcNow.AddDays(-9) } }
        @{ Case = 'damage to its ranking'; Change = { Set-Content out/day1/a.ranking.parquet x } }
        @{ Case = 'damage to its result'; Change = { Set-Content out/day1/a.result.json '{' } }
        @{ Case = '-Force'; Change = { $settings.Force = $true } }
    ) {
        $settings = @{ K1 = 4; K2 = 2; Top = 50; Variant = 'Paper' }
        Start-Nightly day1 $settings
        Start-Nightly day1 $settings
        Get-Status | Should -Be 'day1/a UpToDate'
        if ($Change) { . $Change }
        foreach ($name in $Given.Keys) { $settings[$name] = $Given[$name] }
        Start-Nightly day1 $settings 3> $null
        Get-Status | Should -Be 'day1/a Done'
        $settings.Remove('Force')
        Start-Nightly day1 $settings
        Get-Status | Should -Be 'day1/a UpToDate'
    }

    It 'sums up the jobs of all runs' {
        New-Market day2/b.npz
        Start-Nightly day1
        Start-Nightly day2
        Get-Status | Should -Be 'day1/a Done', 'day2/b Done'
        (Read-Json out/summary.json).jobs.mAPAfter | Should -HaveCount 2
    }

    It 'refuses to put another input in the place of a result, until forced' {
        $null = New-Item -ItemType Directory -Path other/day1 -Force
        New-Market other/day1/a.npz
        Start-Nightly day1
        $run = Invoke-Nightly -K1 4 -K2 2 other/day1
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike "*'day1/a'*-OutputFolder*-Force*"
        Start-Nightly other/day1 @{ K1 = 4; K2 = 2; Force = $true }
        Remove-Item other -Recurse
        Start-Nightly day1 # nothing is left to protect
    }

    It 'makes a ranking again that a stopped run left without its result' {
        Start-Nightly day1
        $old = Get-Content out/day1/a.result.json
        $hash = (Read-Json out/day1/a.result.json).rankingSha256
        Start-Nightly day1 @{ K1 = 8; K2 = 2 }
        Set-Content out/day1/a.result.json $old

        # A run elsewhere must not give the old figures to the new ranking, and the next one over the folder mends it.
        New-Market day2/b.npz
        Start-Nightly day2
        Get-Status | Should -Be 'day1/a Incomplete', 'day2/b Done'
        Start-Nightly day1
        Get-Status | Should -Be 'day1/a Done', 'day2/b Done'
        (Read-Json out/day1/a.result.json).rankingSha256 | Should -Be $hash
    }

    It 'loses nothing that was done when it is killed' {
        1..30 | ForEach-Object { Copy-Item day1/a.npz "day1/job$_.npz" }
        $null = New-Item -ItemType Directory -Path out/day1
        $watcher = [IO.FileSystemWatcher]::new("$TestDrive/out/day1", '*.result.json')
        $process = Start-Pwsh -File (Get-RepositoryPath examples NightlyReRank.ps1) -OutputFolder out -K1 4 -K2 2 day1
        $watcher.WaitForChanged('Created, Renamed', 300000).TimedOut | Should -BeFalse
        $process.Kill()
        $process.WaitForExit()
        $watcher.Dispose()
        $done = @(Get-ChildItem out/day1 -Filter *.result.json | ForEach-Object { Read-Json $_ })
        $done.Count | Should -BeGreaterThan 0
        foreach ($result in $done) { $result.rankingSha256 | Should -Be (Get-FileHash "out/$($result.name).ranking.parquet").Hash }

        $run = Invoke-Nightly -K1 4 -K2 2 day1
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $jobs = (Read-Json out/summary.json).jobs
        $jobs | Should -HaveCount 31
        ($jobs | Where-Object status -EQ UpToDate).name | Sort-Object | Should -Be ($done.name | Sort-Object)
        $jobs.mAPAfter | Sort-Object -Unique | Should -HaveCount 1
        Get-ChildItem out -Recurse -Force -Filter *.partial | Should -BeNullOrEmpty
    }
}

# Images at 0, 10, ... 70 degrees, queries at 0, 70 and 51: the lists are 0 1 2 .., 7 6 5 .. and 5 4 6 .. Query 1 as in
# LandmarkProtocolTests: 19/24, 65/72 and 1. Query 2 has its only positive, hard, at 0-based rank 4: (0 + 1/5)/2. Query 3 is 1.
# Easy (19/24 + 1)/2, Medium (65/72 + 1/10 + 1)/3, Hard (1 + 1/10)/2.
Describe 'Landmarks' {
    It 'shows the three setups before and after' {
        Get-AngleTable name 0=jpg/all_souls_000013.jpg, 70=jpg/all_souls_000026.jpg, 51=jpg/ashmolean_000000.jpg | Set-Content query.csv
        $images = 'all_souls_000000', 'all_souls_000001', 'all_souls_000002', 'ashmolean_000003', 'ashmolean_000004', 'oxford_000005', 'oxford_000006', 'oxford_000007'
        Get-AngleTable name (0..7 | ForEach-Object { "$(10 * $_)=jpg/$($images[$_]).jpg" }) | Set-Content gallery.csv
        $run = Invoke-Example Landmarks.ps1 (Get-RepositoryPath tests data datasets gnd_roxford5k.mat) query.csv gallery.csv -K1 3 -K2 2
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $rows = $run.Output -split "`n" | Get-Squeezed
        @($rows -like 'WARNING: ROxford5k has*').Count | Should -BeGreaterThan 0 # the benchmark has 70 queries and 4,993 images
        foreach ($setup in 'Easy 89.58', 'Medium 66.76', 'Hard 55.00') {
            $name, $mean = -split $setup
            @($rows -like "*$name*" -like "*$mean*Cosine") | Should -HaveCount 1
            @($rows -like "*$name*" -like '*GNN Paper k1=3 k2=2*') | Should -HaveCount 1
        }
    }
}

# Queries at 0 and 90 degrees, images at 10, 20, 40 and 80: the labels of the lists are 1 2 1 2 and 2 1 2 1. Both queries have their good
# images at 0-based ranks 0 and 2: (1 + 1)/4 + (1/2 + 2/3)/4 = 19/24, so every bootstrap sample has that mean.
Describe 'CompareMethods' {
    It 'measures, compares and reports' {
        Get-AngleTable label 0=1, 90=2 | Set-Content query.csv
        Get-AngleTable label 10=1, 20=2, 40=1, 80=2 | Set-Content gallery.csv
        $files = 'query.csv', 'gallery.csv', '-Report', 'report.html'
        $run = Invoke-Example CompareMethods.ps1 @files -Setting '3/2,3/1/Reference' -Bootstrap 200
        $run.ExitCode, $run.Error | Should -Be 0, ''
        $lines = $run.Output -split "`n" | Get-Squeezed
        @($lines -eq 'mAP in 79.17-79.17 %, Rank 1 in 100.00-100.00 %') | Should -HaveCount 3
        @($lines -like '*2 equal, p = 1.000: this is within the noise.') | Should -HaveCount 2
        @($lines -like '79.17 100.00*Cosine') | Should -HaveCount 1
        @($lines -like 'GNN Paper k1=3 k2=2 *') | Should -HaveCount 1
        $lines[-1] | Should -Be "Report: $(Convert-Path report.html)"
        $html = Get-Content report.html -Raw
        $html.Contains('"interval":"79.17-79.17 %"') | Should -BeTrue
        $html.Contains('GNN Reference k1=3 k2=1') | Should -BeTrue

        $again = Invoke-Example CompareMethods.ps1 @files
        $again.ExitCode, $again.Output | Should -Be 1, '' # refused before the work
        $again.Error | Should -BeLike '*-Force*'
        $wrong = Invoke-Example CompareMethods.ps1 @files -Force -Setting 26
        $wrong.ExitCode | Should -Be 1
        $wrong.Error | Should -BeLike "*'26' is no setting: write K1/K2*"
    }

    It 'takes a file of both sets' {
        New-Market market.npz
        $run = Invoke-Example CompareMethods.ps1 market.npz -Protocol Label -Report both.html -Csv both.csv
        $run.ExitCode, $run.Error | Should -Be 0, ''
        (Import-Csv both.csv).Method | Should -Contain GNN
        @(Import-Csv both.csv)[0].Method | Should -Be Cosine
        (Get-Content both.html -Raw).Contains('"protocol":"Label"') | Should -BeTrue
    }
}
