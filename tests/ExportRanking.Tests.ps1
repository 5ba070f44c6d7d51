BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $query = (1, 0), (0, 1) | ConvertTo-FeatureMatrix -Role Query
    $gallery = (3, 4), (4, 3) | ConvertTo-FeatureMatrix -Role Gallery
    $ranking = $query, $gallery | Search-FeatureMatrix
}

AfterAll { Pop-Location }

Describe 'Export-Ranking' {
    It 'writes <File> <Given>, and -PassThru gives the file' -ForEach @(
        @{ File = 'ranking.csv'; Given = @{} }
        @{ File = 'ranking.jsonl'; Given = @{} }
        @{ File = 'ranking.trec'; Given = @{} }
        @{ File = 'ranking.parquet'; Given = @{} }
        @{ File = 'ranking.run'; Given = @{ Format = 'Trec' } }
    ) {
        $written = $ranking | Export-Ranking $File @Given -PassThru
        $written | Should -BeOfType IO.FileInfo
        $written.FullName | Should -Be (Join-Path $TestDrive $File)
        $written.Length | Should -BeGreaterThan 0
    }

    It 'shortens the lists by -Top' {
        $ranking | Export-Ranking full.trec
        $ranking | Export-Ranking cut.trec -Top 1
        Get-Content full.trec | Should -HaveCount 4
        Get-Content cut.trec | Should -HaveCount 2
    }

    It 'replaces a file only with -Force, and never with -WhatIf' {
        Set-Content kept.csv kept
        { $ranking | Export-Ranking kept.csv } | Should -Throw -ErrorId 'FileExists,*'
        $ranking | Export-Ranking kept.csv -Force -WhatIf
        Get-Content kept.csv | Should -Be kept
        $ranking | Export-Ranking kept.csv -Force
        Get-Content kept.csv -TotalCount 1 | Should -BeLike '*query*'
    }

    It 'leaves no file where it refuses <Script>' -ForEach @(
        @{ Script = '$ranking, $ranking | Export-Ranking empty/r.csv'; Id = 'SeveralForOneFile' }
        @{ Script = '$ranking | Export-Ranking empty/r.csv -Top 0'; Id = 'InvalidTop' }
        @{ Script = '$ranking | Export-Ranking empty/r.unknown'; Id = 'UnknownFormat' }
        @{ Script = '$ranking | Export-Ranking empty/missing/r.csv'; Id = 'FolderNotFound' }
    ) {
        $null = New-Item -ItemType Directory empty -Force
        { Invoke-Expression $Script } | Should -Throw -ErrorId "$Id,*"
        Get-ChildItem empty -Force | Should -BeNullOrEmpty
    }
}
