BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    $query = @{ E = 1, 2; Id = 7 }, @{ E = 3, 4; Id = 8 } | ConvertTo-FeatureMatrix E -Label Id -Role Query
    $gallery = @{ E = 5, 6; Id = 9 }, @{ E = 7, 8; Id = 8 }, @{ E = 9, 1; Id = 7 } | ConvertTo-FeatureMatrix E -Label Id -Role Gallery
}

Describe 'Export-FeatureMatrix' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Push-Location $folder
    }

    AfterEach { Pop-Location }

    It 'writes query and gallery of a pipeline into one .npz, which gives them back' {
        $query, $gallery | Export-FeatureMatrix both.npz
        Import-FeatureMatrix both.npz -Set Gallery, Query | ForEach-Object { "$($_.Role) $($_.GetRow(1)) labels $($_.Labels)" } |
            Should -Be 'Gallery 7 8 labels 9 8 7', 'Query 3 4 labels 7 8'
    }

    It 'refuses two matrices for a format that holds one' {
        { $query, $gallery | Export-FeatureMatrix both.npy } | Should -Throw '*.npz*' -ErrorId 'OneMatrixPerFile,*'
        'both.npy' | Should -Not -Exist
    }

    It 'says that a .npy file keeps features alone' {
        $query | Export-FeatureMatrix q.npy -WarningVariable warnings
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*labels*'
        (Import-FeatureMatrix q.npy).GetRow(1) | Should -Be 3, 4
    }

    It 'replaces a file only with -Force' {
        Set-Content q.npz kept
        { $query | Export-FeatureMatrix q.npz } | Should -Throw '*-Force*' -ErrorId 'FileExists,*' -PassThru |
            ForEach-Object { $_.CategoryInfo.Category } | Should -Be ResourceExists
        Get-Content q.npz | Should -Be kept
        $query | Export-FeatureMatrix q.npz -Force | Should -BeNullOrEmpty
        (Import-FeatureMatrix q.npz -Set Query).RowCount | Should -Be 2
    }

    It 'writes nothing with -WhatIf' {
        $result = Invoke-Apart '$query | Export-FeatureMatrix q.npz -WhatIf -PassThru' @{ query = $query }
        $result.Errors + $result.Output | Should -BeNullOrEmpty
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'gives the file with -PassThru, and brackets in its name mean themselves' {
        $file = $query | Export-FeatureMatrix 'q[1].npz' -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Join-Path $folder 'q[1].npz')
        $file.Exists | Should -BeTrue
    }

    It 'refuses <Path>' -ForEach @(
        @{ Path = 'missing/q.npz'; Id = 'FolderNotFound' }
        @{ Path = 'q.mat'; Id = 'FormatNotWritable' }
        @{ Path = 'q.unknown'; Id = 'UnknownFormat' }
        @{ Path = 'Variable:q.npz'; Id = 'NotFileSystemPath' }
    ) {
        { $query | Export-FeatureMatrix $Path } | Should -Throw -ErrorId "$Id,*"
    }
}
