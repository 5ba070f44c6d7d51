# What a user of pwsh meets; the details are in the xunit projects. Needs a built module: ./build.ps1
BeforeAll {
    $root = Split-Path $PSScriptRoot
    Import-Module (Join-Path $root GnnReRank.psd1) -Force
    $data = Join-Path $root examples data
}

Describe 'Import' {
    It 'exports the commands of the manifest' {
        $manifest = Import-PowerShellDataFile (Join-Path $root GnnReRank.psd1)
        (Get-Command -Module GnnReRank).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'survives -Force' {
        Import-Module (Join-Path $root GnnReRank.psd1) -Force
        Get-Command Invoke-GnnReRank | Should -Not -BeNullOrEmpty
    }

    It 'shows the module''s types and none of its dependencies''' {
        'GnnReRank.FeatureMatrix' -as [type] | Should -Not -BeNullOrEmpty
        'ParquetSharp.ParquetFileReader' -as [type] | Should -BeNullOrEmpty
        'ILGPU.Context' -as [type] | Should -BeNullOrEmpty
    }

    It 'has help with examples for <_>' -ForEach (Import-PowerShellDataFile (Join-Path (Split-Path $PSScriptRoot) GnnReRank.psd1)).CmdletsToExport {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Match '\.$'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }
}

Describe 'The digits sample' {
    It 'is improved by re-ranking as published' {
        $sets = @(
            Import-FeatureMatrix (Join-Path $data digits-query.parquet) -Role Query
            Import-FeatureMatrix (Join-Path $data digits-gallery.parquet) -Role Gallery
        )
        $before = $sets | Search-FeatureMatrix | Measure-RetrievalAccuracy
        $after = $sets | Invoke-GnnReRank -K1 26 -K2 7 | Measure-RetrievalAccuracy
        $before.mAP | Should -BeGreaterThan 0.661
        $before.mAP | Should -BeLessThan 0.662
        $after.mAP | Should -BeGreaterThan 0.854
        $after.mAP | Should -BeLessThan 0.855
    }

    It 'gives the quick start''s table' {
        $text = & (Join-Path $root examples QuickStart.ps1) | Out-String -Width 80
        $text | Should -Match '66\.14 .*Cosine'
        $text | Should -Match '85\.43 .*GNN Paper k1=26 k2=7'
    }

    It 'comes through the pipeline from Get-ChildItem' {
        $matrices = @(Get-ChildItem $data -Filter *.parquet | Import-FeatureMatrix)
        $matrices.RowCount | Sort-Object | Should -Be 300, 1497
    }

    It 'is expanded to rows for Export-Csv' {
        $query = Import-FeatureMatrix (Join-Path $data digits-query.parquet)
        $gallery = Import-FeatureMatrix (Join-Path $data digits-gallery.parquet)
        $csv = Search-FeatureMatrix $query $gallery -Top 2 | Expand-Ranking | Select-Object -First 4 | ConvertTo-Csv
        $csv[0] | Should -BeLike '*QueryIndex*Rank*GalleryIndex*Score*IsMatch*'
        $csv.Count | Should -Be 5
    }
}

Describe 'Parts of the digits sample' {
    It 'are taken while a file is read as of a matrix' {
        $gallery = Import-FeatureMatrix (Join-Path $data digits-gallery.parquet)
        $read = Import-FeatureMatrix (Join-Path $data digits-gallery.parquet) -Label 3, 7 -Random 20 -Seed 5
        $taken = $gallery | Select-FeatureMatrix -Label 3, 7 -Random 20 -Seed 5
        $read.RowCount | Should -Be 20
        $read.Labels | Should -Be $taken.Labels
    }

    It 'make the whole again' {
        $gallery = Import-FeatureMatrix (Join-Path $data digits-gallery.parquet)
        $whole = ($gallery | Select-FeatureMatrix -Index (0..99)), ($gallery | Select-FeatureMatrix -Index (0..99) -Exclude) | Join-FeatureMatrix
        $whole.Labels | Should -Be $gallery.Labels
    }
}

Describe 'A comparison' {
    It 'is tested, shown and reported' {
        $query = Import-FeatureMatrix (Join-Path $data digits-query.parquet) -Role Query
        $gallery = Import-FeatureMatrix (Join-Path $data digits-gallery.parquet) -Role Gallery
        $cosine = Search-FeatureMatrix $query $gallery
        $gnn = Invoke-GnnReRank $query $gallery
        (Compare-RetrievalAccuracy $cosine $gnn).Verdict | Should -Be 'Gain'
        ($gnn | Show-Ranking -QueryIndex 2 -Top 4 -Before $cosine).Images.Count | Should -Be 4
        $report = Join-Path $TestDrive report.html
        $cosine, $gnn | Export-RankingReport $report -Bootstrap 100 -MaxQueries 5
        $report | Should -FileContentMatch '"interval":"'
    }
}

Describe 'Errors' {
    It 'says which file is missing and goes on with the next' {
        $present = Join-Path $data digits-query.parquet
        $result = Import-FeatureMatrix -LiteralPath (Join-Path $TestDrive none.parquet), $present -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.RowCount | Should -Be 300
        "$problems" | Should -BeLike '*none.parquet*'
    }

    It 'refuses a k2 above k1' {
        $matrix = (1, 0), (0, 1) | ConvertTo-FeatureMatrix
        { Invoke-GnnReRank $matrix $matrix -K1 3 -K2 5 } | Should -Throw -ErrorId 'K2ExceedsK1,*'
    }

    It 'writes no file with -WhatIf and replaces none without -Force' {
        $file = Join-Path $TestDrive matrix.npy
        $matrix = (1, 0), (0, 1) | ConvertTo-FeatureMatrix
        $matrix | Export-FeatureMatrix $file -WhatIf
        $file | Should -Not -Exist
        $matrix | Export-FeatureMatrix $file
        { $matrix | Export-FeatureMatrix $file -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
    }
}
