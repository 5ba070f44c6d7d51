BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $columns = @{ Property = 'E'; Label = 'Id'; Name = 'File' }
    $query = @{ E = 1, 0; Id = 1; File = 'q0' }, @{ E = 0, 1; Id = 2; File = 'q1' } | ConvertTo-FeatureMatrix @columns -Role Query
    $gallery = @{ E = 3, 4; Id = 2; File = 'g0' }, @{ E = 4, 3; Id = 1; File = 'g1' } | ConvertTo-FeatureMatrix @columns -Role Gallery
    $ranking = $query, $gallery | Search-FeatureMatrix
}

Describe 'Expand-Ranking' {
    It 'makes an object of each query and rank' {
        $ranking | Expand-Ranking | ForEach-Object {
            '{0} {1} {2} | {3} | {4} {5} {6} | {7:F3} {8}' -f $_.QueryIndex, $_.QueryName, $_.QueryLabel, $_.Rank,
                $_.GalleryIndex, $_.GalleryName, $_.GalleryLabel, $_.Score, $_.IsMatch
        } | Should -Be @(
            '0 q0 1 | 1 | 1 g1 1 | 0.800 True'
            '0 q0 1 | 2 | 0 g0 2 | 0.600 False'
            '1 q1 2 | 1 | 0 g0 2 | 0.800 True'
            '1 q1 2 | 2 | 1 g1 1 | 0.600 False'
        )
    }

    It 'chooses by <Given>' -ForEach @(
        @{ Given = '-Top 1'; Expected = '0/1 1/1' }
        @{ Given = '-QueryIndex 1'; Expected = '1/1 1/2' }
        @{ Given = '-QueryIndex 1, 0 -Top 1'; Expected = '1/1 0/1' }
        @{ Given = '-Top 99 -QueryIndex 0'; Expected = '0/1 0/2' }
    ) {
        "$(Invoke-Expression "`$ranking | Expand-Ranking $Given" | ForEach-Object { "$($_.QueryIndex)/$($_.Rank)" })" | Should -Be $Expected
    }

    It 'refuses <Given> before anything is written' -ForEach @(
        @{ Given = '-Top 0'; Id = 'InvalidTop'; Hint = 'at least 1' }
        @{ Given = '-QueryIndex 2'; Id = 'QueryIndexOutOfRange'; Hint = '0 to 1' }
        @{ Given = '-QueryIndex 0, -1'; Id = 'QueryIndexOutOfRange'; Hint = '0 to 1' }
    ) {
        $result = Invoke-Apart "`$ranking | Expand-Ranking $Given" @{ ranking = $ranking }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors)" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }
}
