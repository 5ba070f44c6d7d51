BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $query = (1, 0), (0, 1) | ConvertTo-FeatureMatrix -Role Query
    $gallery = (3, 4), (4, 3) | ConvertTo-FeatureMatrix -Role Gallery
    $cosine = $query, $gallery | Search-FeatureMatrix
    $gnn = $query, $gallery | Invoke-GnnReRank -K1 2 -K2 1 -WarningAction SilentlyContinue

    function New-Labelled($Features, $Labels, $Role = 'None') {
        [GnnReRank.FeatureMatrix]::FromRows([float[][]] $Features, [long[]] $Labels, $null, $null, $Role)
    }
}

AfterAll { Pop-Location }

Describe 'A report' {
    It 'is written, and -PassThru gives the file: <Script>' -ForEach @(
        @{ Script = '$cosine | Export-RankingReport one.html -PassThru'; Held = '"shortName":"Cosine"' }
        @{ Script = '$cosine, $gnn | Export-RankingReport two.html -PassThru -Top 1'; Held = '"shortName":"GNN"' }
        @{ Script = 'Export-RankingReport titled.html $cosine, $gnn -Title "Before & after" -PassThru'; Held = '<title>Before &amp; after</title>' }
    ) {
        $file = Invoke-Expression $Script
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path $TestDrive $file.Name)
        Get-Content $file -Raw | Should -BeLike "*$Held*"
    }

    It 'replaces a file only with -Force, and never with -WhatIf' {
        Set-Content kept.html kept
        { $cosine | Export-RankingReport kept.html } | Should -Throw -ErrorId 'FileExists,*'
        $cosine | Export-RankingReport kept.html -Force -WhatIf
        Get-Content kept.html | Should -Be kept
        $cosine | Export-RankingReport kept.html -Force
        Get-Content kept.html -Raw | Should -BeLike '*</html>*'
    }

    It 'takes two image roots as those of the queries and of the gallery' {
        $null = New-Item -ItemType Directory q, g
        $query = [GnnReRank.FeatureMatrix]::new([float[]] (1, 0), 1, 2, $null, $null, [string[]] 'a.jpg', 'Query')
        $gallery = [GnnReRank.FeatureMatrix]::new([float[]] (1, 1), 1, 2, $null, $null, [string[]] 'b.jpg', 'Gallery')
        Search-FeatureMatrix $query $gallery |
            Export-RankingReport rooted.html -ImageRoot q, g -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Content rooted.html -Raw | Should -BeLike '*"folder":"./q/"*'
        Get-Content rooted.html -Raw | Should -BeLike '*"folder":"./g/"*'
        $warnings | Should -HaveCount 2
        $warnings[0] | Should -BeLike "*'a.jpg'*"
    }

    # Both queries have their one match first, so every bootstrap sample has the mean 1.
    It 'has <Held> with <Given>' -ForEach @(
        @{ Given = @{ Bootstrap = 100 }; Held = '"interval":"100.00-100.00 %"' }
        @{ Given = @{}; Held = '"interval":null' }
    ) {
        Search-FeatureMatrix (New-Labelled ((1, 0), (0, 1)) (1, 2) Query) (New-Labelled ((2, 1), (1, 2)) (1, 2) Gallery) |
            Export-RankingReport intervals.html @Given -Force
        Get-Content intervals.html -Raw | Should -BeLike "*$Held*"
    }

    # The queries of labels 1 and 2 find their own row first, which is no match, and the other of their label next.
    It 'has figures and no curve where galleries are drawn' {
        $set = New-Labelled ((10, 0), (10, 1), (0, 10), (1, 10)) (1, 1, 2, 2)
        Search-FeatureMatrix $set $set | Export-RankingReport drawn.html -Protocol VehicleID -Draws 3 -Seed 5
        $html = Get-Content drawn.html -Raw
        $html | Should -BeLike '*"protocol":"VehicleId"*'
        $html | Should -BeLike '*"draws":"3","seed":"5"*'
        $html | Should -Not -BeLike '*"precisionRecall":*'
    }

    It 'leaves no file where it is refused: <Given>' -ForEach @(
        @{ Given = 'r.html -Top 0'; Id = 'InvalidTop' }
        @{ Given = 'r.html -Embed'; Id = 'ImageRootMissing' }
        @{ Given = 'r.html -ImageRoot missing'; Id = 'FolderNotFound' }
        @{ Given = 'missing/r.html'; Id = 'FolderNotFound' }
        @{ Given = 'r.html -Protocol Label'; Id = 'LabelsMissing' }
        @{ Given = 'r.html -MaxQueries 0'; Id = 'InvalidMaxQueries' }
    ) {
        $null = New-Item -ItemType Directory empty -Force
        { Invoke-Expression "`$cosine | Export-RankingReport empty/$Given" } | Should -Throw -ErrorId "$Id,*"
        Get-ChildItem empty -Force | Should -BeNullOrEmpty
    }
}
