# Each command explains itself, and what its examples show works.
BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $commands = (Get-Command -Module GnnReRank).Name
    $examples = foreach ($command in $commands) {
        $number = 0
        (Get-Help $command -Full).examples.example | ForEach-Object { @{ Command = $command; Number = ++$number; Code = $_.code; Remarks = $_.remarks.Text -join ' ' } }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject

    # A data set that cannot ship, and features of its images, in the current folder: 20 queries and 80 gallery rows of 10 identities.
    function Write-Dataset {
        $queryRows = New-LabelledRows 20 16 10 -Seed 2 -Cameras 2
        $galleryRows = New-LabelledRows 80 16 10 -Seed 3 -Cameras 3
        Write-NpzSets rows.npz $queryRows $galleryRows
        Write-Npy query.npy $queryRows.Values
        $names = New-MarketFolder market $queryRows $galleryRows
        $null = New-Item -ItemType Directory vehicles
        0..79 | ForEach-Object { "$($names[20 + $_]) $($galleryRows.Labels[$_])" } | Set-Content vehicles/test_list_800.txt
        $rows = foreach ($set in Import-FeatureMatrix rows.npz -Set Query, Gallery) { for ($row = 0; $row -lt $set.RowCount; $row++) { , $set.GetRow($row) } }
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
        $parameters = (Get-Command $command).Parameters.Values | Where-Object { $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters -and -not $_.IsDynamic }
        $expected = @($parameters.Name) + $parameters.Where({ $_.Name -notin 'WhatIf', 'Confirm' }).Aliases

        # Of the methods, too, whichever is the default: as PowerShell sees them once the method is named.
        if ($command -in 'Invoke-ReRank', 'New-ReRankIndex', 'New-ReRankClusterJob') {
            foreach ($method in [GnnReRank.ReRankMethods]::All.Where({ $command -eq 'Invoke-ReRank' -or $_.HasIndex }).Method) {
                $brought = (Get-Command $command -ArgumentList '-Method', $method).Parameters.Values | Where-Object IsDynamic
                $expected += @($brought.Name) + @($brought.Aliases)
            }
        }

        $explained | Sort-Object | Should -Be ($expected | Where-Object { $_ } | Sort-Object -Unique)
    }

    It 'shows its syntax once for each parameter set' {
        $help.syntax.syntaxItem | Should -HaveCount (Get-Command $command).ParameterSets.Count
    }

    It 'has at least three examples' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
    }
}

Describe 'The examples' {
    # Each in a session of its own, since one that forgets to make its variables must fail, and in an empty folder: what it reads it
    # makes, but for data sets that cannot ship, which its remarks name. Twice, since people try again.
    It 'run: <Command>, <Number>' -ForEach $examples {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive "$Command $Number")
        Push-Location -LiteralPath $folder
        try {
            if ($Remarks -match '\bNeeds ') { Write-Dataset }
            (Invoke-Apart $Code).Errors | Should -BeNullOrEmpty
            (Invoke-Apart $Code).Errors | Should -BeNullOrEmpty
        }
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
