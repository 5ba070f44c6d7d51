# Names that hold what a terminal acts on: objects keep them as they are, and whatever is shown has signs in their place.
BeforeDiscovery {
    $shown = @(
        @{ Type = 'FeatureMatrix'; Script = '$query.WithRole("Gallery"), $query' }
        @{ Type = 'NeighborGraph'; Script = '$query, $gallery | New-NeighborGraph -K 3' }
        @{ Type = 'Ranking'; Script = '$imported' }
        @{ Type = 'RetrievalAccuracy'; Script = '$imported | Measure-RetrievalAccuracy' }
        @{ Type = 'RetrievalComparison'; Script = 'Compare-RetrievalAccuracy $imported $ranking' }
        @{ Type = 'QueryAccuracy'; Script = '($ranking | Measure-RetrievalAccuracy).PerQuery' }
        @{ Type = 'QueryDifference'; Script = '(Compare-RetrievalAccuracy $imported $ranking).Queries' }
        @{ Type = 'RankingEntry'; Script = '$ranking | Expand-Ranking -Top 2' }
        @{ Type = 'ReRankClusterJob'; Script = '$job' }
        @{ Type = 'ClusterJobStatus'; Script = '$job | Get-ReRankClusterJob' }
        @{ Type = 'ClusterJobFailure'; Script = '[GnnReRank.ClusterJobFailure]::new("score", 3, 4, $false, $name, $name)' }
        @{ Type = 'RankedQuery'; Script = '$ranking | Show-Ranking -Before $imported' }
        @{ Type = 'RankedImage'; Script = '($ranking | Show-Ranking -Before $imported).Images' }
        @{ Type = 'DatasetImage'; Script = '$image' }
        @{ Type = 'UnmatchedImage'; Script = '[GnnReRank.UnmatchedImage]::new("Gallery", $image)' }
        @{ Type = 'UnmatchedFeature'; Script = '[GnnReRank.UnmatchedFeature]::new("Gallery", 1, $name)' }
    )
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive

    # Clears the screen, links, rings, hides what came before, turns the text around, colours by one character, ends the line.
    $name = "a`e[2J`e]8;;http://x.example`e\b`a`rc`nd`t" + [char] 0x202E + [char] 0x2066 + [char] 0x9B + "31m" + [char] 0x7F
    $hidden = "[\x00-\x09\x0B-\x1F\x7F-\x9F\u200E\u200F\u2028-\u202E\u2066-\u2069]"

    # On Windows no file has such a name.
    $fileName = if ($IsWindows) { 'plain' } else { "f`e_`a`r`n" + [char] 0x202E + [char] 0x9B + "31m" }
    function New-Rows([int] $Rows, [int] $Seed, [string] $Role) {
        $made = New-LabelledRows $Rows 5 2 -Seed $Seed -Cameras 2
        $values = [float[][]] (0..($Rows - 1) | ForEach-Object { $row = $_; , [float[]] (0..4 | ForEach-Object { $made.Values[$row, $_] }) })
        [GnnReRank.FeatureMatrix]::FromRows($values, $made.Labels, $made.Cameras, [string[]] (0..($Rows - 1) | ForEach-Object { "$name$_" }), $Role)
    }

    $null = New-Rows 4 2 Query | Export-FeatureMatrix "$fileName.npz"
    $query = Import-FeatureMatrix -LiteralPath "$fileName.npz" -Set Query
    $gallery = New-Rows 9 3 Gallery
    $ranking = $query, $gallery | Search-FeatureMatrix
    $ranking | Export-Ranking "$fileName.csv"
    $imported = Import-Ranking -LiteralPath "$fileName.csv" $query $gallery
    $image = [GnnReRank.DatasetImage]::new($name)
    $query | Export-FeatureMatrix "$fileName.npy"
    $job = New-ReRankClusterJob "$fileName.job" -Query "$fileName.npy" -Gallery "$fileName.npy" -Method Cosine
}

AfterAll { Pop-Location }

Describe 'A view' {
    It 'of a <Type> shows no character that a terminal acts on' -ForEach $shown {
        $objects = @(Invoke-Expression $Script)
        $objects[0].GetType().Name | Should -Be $Type
        $others = $gallery, ($ranking | Measure-RetrievalAccuracy)
        foreach ($text in ($objects | Out-String), ($objects | Format-List | Out-String), ($objects | Format-Table | Out-String), ($objects | Format-Wide | Out-String),
            ($others + $objects | Out-String), "$objects", (@($objects | ForEach-Object ToString) -join ' ')) {
            ($text -replace [regex]::Escape([Environment]::NewLine), ' ') | Should -Not -Match $hidden
        }
    }

    It 'is of names that stay what they are' {
        $query.Names[0], $gallery.Names[8] | Should -Be "${name}0", "${name}8"
        ($ranking | Expand-Ranking -Top 1)[1].QueryName | Should -Be "${name}1"
        ($ranking | Show-Ranking)[2].QueryName | Should -Be "${name}2"
        @($ranking | Show-Ranking -Name "*$([WildcardPattern]::Escape($name))1") | Should -HaveCount 1
        @($gallery.Names | Sort-Object) | Should -HaveCount 9
    }
}

Describe 'A stream' {
    It 'of <Script> shows no such character' -ForEach @(
        @{ Script = 'Import-FeatureMatrix -LiteralPath "$file.npz" -Set Query -Verbose'; Stream = 'Verbose' }
        @{ Script = 'Import-FeatureMatrix -LiteralPath "$file.gone.npz"'; Stream = 'Errors' }
        @{ Script = '"f0`n1`nx" > "$file.bad.csv"; Import-FeatureMatrix -LiteralPath "$file.bad.csv"'; Stream = 'Errors' }
        @{ Script = '"label,f0`n,1`n2,2" > "$file.gap.csv"; Import-FeatureMatrix -LiteralPath "$file.gap.csv"'; Stream = 'Warnings' }
        @{ Script = 'Import-Ranking -LiteralPath "$file.csv" $query $gallery -Verbose'; Stream = 'Verbose' }
        @{ Script = '$ranking | Export-Ranking "$file.jsonl" -Force -Verbose'; Stream = 'Verbose' }
        @{ Script = '$null = New-Item -ItemType Directory "$file.jsonl.dir"; $ranking | Export-Ranking "$file.jsonl.dir" -Format JsonLines -Force'; Stream = 'Errors' }
        @{ Script = '$ranking | Export-Ranking "gone/$file/x.jsonl"'; Stream = 'Errors' }
        @{ Script = '$ranking | Show-Ranking -Name "$file*z"'; Stream = 'Errors' }
        @{ Script = '$query | Select-FeatureMatrix -Name "$file*z"'; Stream = 'Errors' }
        @{ Script = 'Wait-ReRankClusterJob "$file.job"'; Stream = 'Errors' }
        @{ Script = 'New-ReRankClusterJob "$file.2.job" "$file.npy" "$file.npy" -Method Cosine -Verbose'; Stream = 'Verbose' }
        @{ Script = '$query, $gallery | Merge-FeatureMatrix -By Name -Verbose'; Stream = 'Verbose' }
    ) {
        $result = Invoke-Apart $Script @{ file = $fileName; query = $query; gallery = $gallery; ranking = $ranking }
        $lines = if ($Stream -eq 'Errors') { $result.Errors | ForEach-Object { "$_" } } else { $result.$Stream }
        $lines | Should -Not -BeNullOrEmpty
        @($result.Warnings) + $result.Verbose + $lines + @($result.Progress | ForEach-Object { "$($_.Activity) $($_.StatusDescription)" }) | Should -Not -Match "$hidden|\n"
    }

    It 'of -WhatIf shows none' -Skip:$IsWindows {
        $run = Invoke-Pwsh -Command "Import-Module '$(Get-RepositoryPath GnnReRank.psd1)'; [GnnReRank.FeatureMatrix]::FromRows([float[][]] (, (1, 2))) | Export-FeatureMatrix `"a``e[2J.npy`" -WhatIf"
        $run.Output | Should -BeLike '*a?`[2J.npy*'
        $run.Output | Should -Not -Match $hidden
    }
}

Describe 'A report' {
    It 'holds no such character as it is, and shows names apart from the text around them' {
        $ranking | Export-RankingReport report.html
        $page = [IO.File]::ReadAllText((Resolve-Path report.html)) -replace '\r?\n', ' '
        $page | Should -BeLike '*\u001B`[2J*'
        [regex]::Matches($page, "[\x00-\x08\x0B-\x1F\x7F-\x9F]").Count | Should -Be 0
    }
}
