# Rows of one identity made one. The means are tested in the engine.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $rows = [float[][]] ((3, 4), (0, 5), (1, 0), (0, 2), (2, 0))
    $matrix = [GnnReRank.FeatureMatrix]::FromRows($rows, [long[]] (7, 9, -1, 7, 7), [int[]] (1, 1, 1, 1, 2), [string[]] ('a', 'b', 'c', 'd', 'd'), 'Query', 'x.mat')
}

Describe 'Merge-FeatureMatrix' {
    It 'averages by <By>' -ForEach @(
        @{ By = 'label and camera, unless told'; Given = ''; Labels = '7 9 -1 7'; Cameras = '1 1 1 2'; Names = 'a b c d'; First = '0.3 0.9' }
        @{ By = 'label and camera'; Given = '-By LabelAndCamera'; Labels = '7 9 -1 7'; Cameras = '1 1 1 2'; Names = 'a b c d'; First = '0.3 0.9' }
        @{ By = 'label'; Given = '-By Label'; Labels = '7 9 -1'; Cameras = ''; Names = 'a b c'; First = '0.533 0.6' }
        @{ By = 'label, as the values are'; Given = '-By Label -NoNormalize'; Labels = '7 9 -1'; Cameras = ''; Names = 'a b c'; First = '1.667 2' }
    ) {
        $merged = Invoke-Expression "`$matrix | Merge-FeatureMatrix $Given"
        $merged.Labels -join ' ' | Should -Be $Labels
        $merged.Cameras -join ' ' | Should -Be $Cameras
        $merged.Names -join ' ' | Should -Be $Names
        ($merged.GetRow(0) | ForEach-Object { [Math]::Round($_, 3) }) -join ' ' | Should -Be $First
        $merged.Role, $merged.Source | Should -Be Query, x.mat
    }

    It 'gives a matrix for each, which ranks as it is' {
        $query, $gallery = $matrix, $matrix.WithRole('Gallery') | Merge-FeatureMatrix -Verbose 4>&1 | Where-Object { $_ -is [GnnReRank.FeatureMatrix] }
        (Search-FeatureMatrix $query $gallery).QueryCount | Should -Be 4
    }

    It 'refuses <Script>' -ForEach @(
        @{ Script = ', (1, 2) | ConvertTo-FeatureMatrix | Merge-FeatureMatrix'; Id = 'LabelsMissing'; Hint = 'no labels*-LabelColumn' }
        @{ Script = ', (1, 2) | ConvertTo-FeatureMatrix | Merge-FeatureMatrix -By Name'; Id = 'NamesMissing'; Hint = 'no names*-NameColumn' }
        @{ Script = '$matrix | Merge-FeatureMatrix -By Name'; Id = 'RowsDisagree'; Hint = "Rows 3 and 4 (0-based) are both named 'd'*different cameras" }
    ) {
        $result = Invoke-Apart $Script @{ matrix = $matrix }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }
}
