# Galleries that hold the queries, cameras on one side, and rows whose labels lie in files of their own: as people's files are.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
}

AfterAll { Pop-Location }

Describe 'A gallery that holds the queries' {
    # Query 0 (label 7) is gallery row 0. Without it the list is 8, 7, 8: (0 + 1/2) / 2 = 1/4. With it R@1 would be 1.
    It 'has each query''s own image left out, and says so' {
        $query = [pscustomobject]@{ Name = 'a'; Label = 7; E = 1, 0 } | ConvertTo-FeatureMatrix E -Label Label -Name Name -Role Query
        $gallery = @{ Name = 'a'; Label = 7; E = 1, 0 }, @{ Name = 'b'; Label = 8; E = 9, 1 }, @{ Name = 'c'; Label = 7; E = 9, 2 }, @{ Name = 'd'; Label = 8; E = 9, 3 } |
            ForEach-Object { [pscustomobject] $_ } | ConvertTo-FeatureMatrix E -Label Label -Name Name -Role Gallery
        $accuracy = Search-FeatureMatrix $query $gallery | Measure-RetrievalAccuracy
        $accuracy.mAP | Should -Be 0.25
        $accuracy.Rank1 | Should -Be 0
        $accuracy.OwnImageCount | Should -Be 1
        "$accuracy" | Should -BeLike '*1 own images left out*'
    }

    It 'gives the figures of numpy on files of its kind: <File>' -ForEach @(
        @{ File = 'in_nocam.npz'; Map = 0.437916; Rank1 = 0.6667 }
    ) {
        $path = [IO.Path]::Combine((Split-Path (Get-RepositoryPath)), 'shared', 'cases', '01-query-inside-gallery-counts-as-hit', $File)
        if (-not (Test-Path $path)) { Set-ItResult -Skipped -Because "$File is not beside this checkout"; return }
        $accuracy = Import-FeatureMatrix $path -Set Query, Gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy
        [Math]::Round($accuracy.mAP, 6) | Should -Be $Map
        [Math]::Round($accuracy.Rank1, 4) | Should -Be $Rank1
    }
}

Describe 'Cameras on one side alone' {
    It 'are told' {
        $query = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 2), (2, 1)), [long[]] (1, 2), [int[]] (1, 1), $null, 'Query')
        $gallery = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 3), (3, 1)), [long[]] (1, 2), $null, $null, 'Gallery')
        $null = Search-FeatureMatrix $query $gallery | Measure-RetrievalAccuracy -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike 'The query matrix has cameras and the gallery matrix has none*'
    }
}

Describe 'Labels, cameras and names in files of their own' {
    BeforeAll {
        Write-Npy features.npy ([float[,]] (New-LabelledRows 3 4 3 -Seed 1).Values)
        '5', '7', '5' | Set-Content labels.txt
        '["1", "2", "2"]' | Set-Content cameras.json
        'a.jpg', 'b.jpg', 'c.jpg' | Set-Content names.txt
    }

    It 'belong to the rows in their order' {
        $matrix = Import-FeatureMatrix features.npy -LabelPath labels.txt -CameraPath cameras.json -NamePath names.txt
        $matrix.Labels | Should -Be 5, 7, 5
        $matrix.Cameras | Should -Be 1, 2, 2
        $matrix.Names | Should -Be 'a.jpg', 'b.jpg', 'c.jpg'
        (Import-FeatureMatrix features.npy -LabelPath labels.txt -NamePath names.txt -Label 7).Names | Should -Be 'b.jpg'
    }

    It 'must be as many as the rows' {
        '5', '7' | Set-Content short.txt
        { Import-FeatureMatrix features.npy -LabelPath short.txt -ErrorAction Stop } | Should -Throw '*2*3*'
    }

    It 'are taken from nowhere else with -ExplicitOnly' {
        'id,label,f0,f1', 'x,3,1,2', 'y,4,2,1' | Set-Content known.csv
        (Import-FeatureMatrix known.csv -FeatureColumn f0, f1).HasLabels | Should -BeTrue
        (Import-FeatureMatrix known.csv -FeatureColumn f0, f1 -ExplicitOnly).HasLabels | Should -BeFalse
        (Import-FeatureMatrix known.csv -FeatureColumn f0, f1 -ExplicitOnly -LabelColumn label).Labels | Should -Be 3, 4
    }
}
