# Each command explains itself, and what its examples show works.
BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $commands = (Get-Command -Module GnnReRank).Name
    $examples = foreach ($command in $commands) {
        $number = 0
        (Get-Help $command -Full).examples.example.code | ForEach-Object { @{ Command = $command; Number = ++$number; Code = $_ } }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject

    # The files that the examples speak of, in the current folder: 20 queries and 80 gallery rows of 10 identities.
    function Write-ExampleFiles {
        $queryRows = New-LabelledRows 20 16 10 -Seed 2 -Cameras 2
        $galleryRows = New-LabelledRows 80 16 10 -Seed 3 -Cameras 3
        Write-MatSets market.mat $queryRows $galleryRows
        Write-NpzSets market.npz $queryRows $galleryRows
        Write-Npy features.npy $galleryRows.Values
        Write-Npy query.npy $queryRows.Values
        $names = New-MarketFolder market $queryRows $galleryRows
        $null = New-Item -ItemType Directory vehicles
        0..79 | ForEach-Object { "$($names[20 + $_]) $($galleryRows.Labels[$_])" } | Set-Content vehicles/test_list_800.txt

        $query, $gallery = Import-FeatureMatrix market.npz -Set Query, Gallery
        $query | Export-FeatureMatrix query.parquet
        $gallery | Export-FeatureMatrix gallery.parquet
        $graph = New-NeighborGraph $query $gallery -NeighborCount 60
        $graph | Export-NeighborGraph graph.parquet
        $graph | Export-NeighborGraph neighbors.npy -ScorePath neighbors.scores.npy
        $rows = foreach ($set in $query, $gallery) { for ($row = 0; $row -lt $set.RowCount; $row++) { , $set.GetRow($row) } }
        foreach ($part in @{ named = 0..99; named_query = 0..19; named_gallery = 20..99 }.GetEnumerator()) {
            [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows[$part.Value], $null, $null, [string[]] $names[$part.Value]) |
                Export-FeatureMatrix "$($part.Key).parquet"
        }
    }
}

Describe '<_>' -ForEach $commands {
    BeforeAll {
        $command = $_
        $help = Get-Help $command -Full
    }

    It 'says what it does' {
        $help.Synopsis.Trim() | Should -BeLike '*.'
        $help.Synopsis | Should -Not -BeLike "*$command*"
        ($help.description.Text -join ' ').Length | Should -BeGreaterThan 60
    }

    It 'explains each parameter' {
        $explained = $help.parameters.parameter | Where-Object { "$($_.description.Text)".Trim() } | ForEach-Object name
        $parameters = (Get-Command $command).Parameters.Keys | Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters }
        $explained | Sort-Object | Should -Be ($parameters | Sort-Object)
    }

    It 'shows its syntax once for each parameter set' {
        $help.syntax.syntaxItem | Should -HaveCount (Get-Command $command).ParameterSets.Count
    }

    It 'has at least three examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
    }
}

Describe 'The examples' {
    BeforeAll {
        $made = New-Item -ItemType Directory (Join-Path $TestDrive made)
        Push-Location $made
        Write-ExampleFiles
        Pop-Location
    }

    # Each in a session of its own, since one that forgets to make its variables must fail, and in a folder of its own.
    It 'run: <Command>, <Number>' -ForEach $examples {
        $folder = Join-Path $TestDrive "$Command $Number"
        Copy-Item $made $folder -Recurse
        Push-Location -LiteralPath $folder
        try { (Invoke-Apart $Code).Errors | Should -BeNullOrEmpty }
        finally { Pop-Location }
    }
}

Describe 'about_GnnReRank' {
    It 'is found, and its lines fit a screen' {
        $text = Get-Help about_GnnReRank | Out-String
        $text | Should -BeLike '*SHORT DESCRIPTION*'
        $text -split "`n" | Where-Object { $_.TrimEnd().Length -gt 120 } | Should -BeNullOrEmpty
    }
}
