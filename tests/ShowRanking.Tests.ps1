BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject

    # Query q0 of identity 1 under camera 1 at angle 0; gallery rows at growing angles: another identity, a match, junk (its own
    # camera), a match. Trapezoids over wrong, good, good: (0 + 1/2) / 4 + (1/2 + 2/3) / 4 = 5/12.
    function New-Row($Id, $Camera, $Name, $Features) { @{ E = $Features; Id = $Id; Cam = $Camera; File = $Name } }
    $columns = @{ Property = 'E'; Label = 'Id'; Camera = 'Cam'; Name = 'File' }
    $query = (New-Row 1 1 q0.jpg (1, 0)), (New-Row 2 1 other.jpg (0, 1)), (New-Row 2 1 Q2.jpg (1, 1)), (New-Row 1 3 q3.jpg (0, 1)) |
        ConvertTo-FeatureMatrix @columns -Role Query
    $gallery = (New-Row 2 2 g0.jpg (9, 1)), (New-Row 1 2 g1.jpg (9, 2)), (New-Row 1 1 g2.jpg (9, 3)), (New-Row 1 3 g3.jpg (9, 4)) |
        ConvertTo-FeatureMatrix @columns -Role Gallery
    $ranking = $query, $gallery | Search-FeatureMatrix
    $bareQuery = , (1, 0) | ConvertTo-FeatureMatrix -Role Query
    $bareGallery = (9, 1), (9, 2) | ConvertTo-FeatureMatrix -Role Gallery

    function Get-Lines { $input | Show-Screen | Get-Squeezed | Where-Object Length }
}

Describe 'A block' {
    It 'shows the query and its images with marks' {
        $ranking | Show-Ranking -QueryIndex 0 | Get-Lines | Should -Be @(
            'Query 0 q0.jpg'
            'label 1, camera 1, AP 41.67 %, 2 good, first at 2'
            'Rank Score Mark Gallery Label Cam Name'
            '1 0.99388 x wrong 0 2 2 g0.jpg'
            '2 0.97619 + good 1 1 2 g1.jpg'
            '3 0.94868 ~ junk 2 1 1 g2.jpg'
            '4 0.91381 + good 3 1 3 g3.jpg'
        )
    }

    # Before, by features turned around, the list is 3, 2, 1, 0: good, junk, good, wrong, so AP is 1.
    It 'shows ranks before beside those now' {
        $turned = (New-Row 2 2 g0.jpg (9, 4)), (New-Row 1 2 g1.jpg (9, 3)), (New-Row 1 1 g2.jpg (9, 2)), (New-Row 1 3 g3.jpg (9, 1)) |
            ConvertTo-FeatureMatrix @columns -Role Gallery
        $lines = $ranking | Show-Ranking -QueryIndex 0 -Before (Search-FeatureMatrix $query $turned) | Get-Lines
        $lines | Should -Contain 'Rank Was Score Mark Gallery Label Cam Name'
        $lines | Should -Contain '1 4 0.99388 x wrong 0 2 2 g0.jpg'
        $lines | Should -Contain '4 1 0.91381 + good 3 1 3 g3.jpg'
        $lines | Should -Contain 'label 1, camera 1, AP 41.67 % (was 100.00 %), 2 good, first at 2'
        $ranking | Show-Ranking -QueryIndex 0 -Before (Search-FeatureMatrix $query $turned -Top 1) | Get-Lines | Should -Contain '1 - 0.99388 x wrong 0 2 2 g0.jpg'
    }

    It 'has no marks without labels and names' {
        Search-FeatureMatrix $bareQuery $bareGallery | Show-Ranking | Get-Lines |
            Should -Be 'Query 0', 'Rank Score Mark Gallery Label Cam Name', '1 0.99388 0', '2 0.97619 1'
    }

    It 'keeps the end of a long name, and its lines fit' {
        $long = New-Row 1 1 (('folder/' * 20) + 'end.jpg') (1, 0) | ConvertTo-FeatureMatrix @columns
        $lines = Search-FeatureMatrix $long.WithRole('Query') $long.WithRole('Gallery') | Show-Ranking | Show-Screen -Width 200 | Where-Object Length
        $lines[0], $lines[-1] | Should -BeLike '*/end.jpg'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    # A terminal says by TERM that it has no colours; Windows' has no such word.
    It 'is coloured in the terminal <Terminal> with <Renderings> alone, and never against NO_COLOR' -Skip:$IsWindows -ForEach @(
        @{ Terminal = 'xterm'; Renderings = 'Host', 'Ansi' }
        @{ Terminal = 'dumb'; Renderings = @() }
    ) {
        $run = Invoke-Pwsh -Environment @{ TERM = $Terminal } -Command @"
            Import-Module '$(Get-RepositoryPath GnnReRank.psd1)'
            `$query = @{ E = 1, 0; Id = 1 } | ConvertTo-FeatureMatrix E -Label Id -Role Query
            `$gallery = @{ E = 9, 1; Id = 2 }, @{ E = 9, 2; Id = 1 } | ConvertTo-FeatureMatrix E -Label Id -Role Gallery
            foreach (`$env:NO_COLOR in '', '1') {
                foreach (`$rendering in 'Host', 'Ansi', 'PlainText') {
                    `$PSStyle.OutputRendering = `$rendering
                    "== `$rendering`$env:NO_COLOR"
                    Search-FeatureMatrix `$query `$gallery | Show-Ranking | Out-Default
                }
            }
"@
        $run.Error | Should -BeNullOrEmpty
        $shown = $run.Output -split '== ' | Where-Object { $_.Trim() }
        $shown | Should -HaveCount 6
        $shown | Should -Match 'x wrong'
        foreach ($colour in 32, 31) { $shown -match "`e\[${colour}m" | ForEach-Object { ($_ -split '\n')[0] } | Should -Be $Renderings }
    }
}

Describe 'Queries' {
    It 'are chosen by <Given>' -ForEach @(
        @{ Given = ''; Expected = 0, 1, 2 }
        @{ Given = '-QueryIndex 3, 0'; Expected = 3, 0 }
        @{ Given = '-Query 2'; Expected = 2 }
        @{ Given = '-Name q*'; Expected = 0, 2, 3 }
        @{ Given = '-Name other.jpg, q3*'; Expected = 1, 3 }
        @{ Given = '-QueryIndex 3 -Name q?.jpg'; Expected = 3, 0, 2 }
    ) {
        (Invoke-Expression "`$ranking | Show-Ranking $Given").QueryIndex | Should -Be $Expected
    }

    It 'that are not there are refused: <Given>' -ForEach @(
        @{ Given = '-QueryIndex 4'; Id = 'QueryIndexOutOfRange'; Hint = '0 to 3' }
        @{ Given = '-Name x*'; Id = 'NoQueryMatches'; Hint = "'q0.jpg'" }
        @{ Given = '-Top 0'; Id = 'InvalidTop'; Hint = 'at least 1' }
        @{ Given = '-Before ($gallery.WithRole("Query"), $gallery | Search-FeatureMatrix)'; Id = 'OtherImages'; Hint = 'other labels (queries)' }
    ) {
        $result = Invoke-Apart "`$ranking | Show-Ranking $Given" @{ ranking = $ranking; gallery = $gallery }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors)" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }

    It 'without names are not asked for by name' {
        { Search-FeatureMatrix $bareQuery $gallery | Show-Ranking -Name a } | Should -Throw -ErrorId 'NamesMissing,*'
    }
}
