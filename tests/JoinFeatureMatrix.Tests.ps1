BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    function New-Matrix($Rows, $Labels, $Cameras, $Names, $Role) { [GnnReRank.FeatureMatrix]::FromRows([float[][]] $Rows, $Labels, $Cameras, $Names, $Role) }
    function Get-Text($Matrix) {
        "$($Matrix.Role)|$($Matrix.RowCount) x $($Matrix.Dimension)|$(0..($Matrix.RowCount - 1) | ForEach-Object { $Matrix.GetRow($_) })|$($Matrix.Labels)|$($Matrix.Cameras)|$($Matrix.Names)"
    }

    $a = New-Matrix ((3, 4), (0, 2)) ([long[]] (1, 2)) ([int[]] (1, 1)) ([string[]] ('x', 'y')) Gallery
    $b = New-Matrix ((5, 6), (7, 8), (9, 1)) ([long[]] (3, 4, 5)) ([int[]] (2, 2, 3)) ([string[]] ('u', 'v', 'w')) Gallery
    $bare = New-Matrix ((1, 1), (2, 2)) $null $null $null Query
    $swapped = New-Matrix ((0, 5), (6, 8)) ([long[]] (2, 1)) $null ([string[]] ('y', 'x')) Gallery
}

Describe 'Join-FeatureMatrix' {
    It 'joins rows in their order: <Given>' -ForEach @(
        @{ Given = '$a, $b | Join-FeatureMatrix'; Text = 'Gallery|5 x 2|3 4 0 2 5 6 7 8 9 1|1 2 3 4 5|1 1 2 2 3|x y u v w' }
        @{ Given = 'Join-FeatureMatrix $b, $a'; Text = 'Gallery|5 x 2|5 6 7 8 9 1 3 4 0 2|3 4 5 1 2|2 2 3 1 1|u v w x y' }
        @{ Given = '$a | Join-FeatureMatrix -Role Query'; Text = 'Query|2 x 2|3 4 0 2|1 2|1 1|x y' }
        @{ Given = '$bare, $bare | Join-FeatureMatrix'; Text = 'Query|4 x 2|1 1 2 2 1 1 2 2|||' }
        @{ Given = "`$a, `$b.WithRole('Query') | Join-FeatureMatrix"; Text = 'None|5 x 2|3 4 0 2 5 6 7 8 9 1|1 2 3 4 5|1 1 2 2 3|x y u v w' }
    ) {
        Get-Text (Invoke-Expression $Given) | Should -Be $Text
    }

    # Lengths: (3, 4) 5, (0, 2) 2; (1, 1) and (2, 2) sqrt(2) and 2 sqrt(2); (0, 5) 5, (6, 8) 10.
    It 'joins columns row by row: <Given>' -ForEach @(
        @{ Given = '$a, $bare'; Text = 'None|2 x 4|3 4 1 1 0 2 2 2|1 2|1 1|x y' }
        @{ Given = '$bare, $a, $bare'; By = '-Role Gallery'; Text = 'Gallery|2 x 6|1 1 3 4 1 1 2 2 0 2 2 2|1 2|1 1|x y' }
        @{ Given = '$a, $bare'; By = '-Normalize'; Text = 'None|2 x 4|0.6 0.8 0.7071068 0.7071068 0 1 0.7071068 0.7071068|1 2|1 1|x y' }
        @{ Given = '$a, $swapped'; By = '-MatchNames'; Text = 'Gallery|2 x 4|3 4 6 8 0 2 0 5|1 2|1 1|x y' }
        @{ Given = '$swapped, $a'; By = '-MatchNames'; Text = 'Gallery|2 x 4|0 5 0 2 6 8 3 4|2 1|1 1|y x' }
        @{ Given = '$a, $swapped'; By = '-MatchNames -Normalize'; Text = 'Gallery|2 x 4|0.6 0.8 0.6 0.8 0 1 0 1|1 2|1 1|x y' }
    ) {
        Get-Text (Invoke-Expression "$Given | Join-FeatureMatrix -Concatenate $By") | Should -Be $Text
    }

    It 'says what differs of matrices that do not fit: <Given> | Join-FeatureMatrix <By>' -ForEach @(
        @{ Given = '$a, $bare'; Id = 'PartlyKnownRows'; Hint = 'Matrix 2 has no labels, and Matrix 1 has' }
        @{ Given = '$a, ((1, 2, 3), (3, 2, 1) | ConvertTo-FeatureMatrix)'; Id = 'MatricesDoNotFit'; Hint = 'has 3 columns, and Matrix 1 has 2' }
        @{ Given = '$a, $b'; By = '-Concatenate'; Id = 'MatricesDoNotFit'; Hint = 'Matrix 2 has 3 rows, and Matrix 1 has 2' }
        @{ Given = '$a'; By = '-Concatenate'; Id = 'TooFewMatrices'; Hint = 'at least 2' }
        @{ Given = '$a, $swapped'; By = '-Concatenate'; Id = 'RowsDisagree'; Hint = '-MatchNames' }
        @{ Given = '$a, $bare'; By = '-Concatenate -MatchNames'; Id = 'NamesMissing'; Hint = 'Matrix 2 has no names' }
        @{ Given = '$b, (Join-FeatureMatrix $a, ($a | Select-FeatureMatrix -First 1))'; By = '-Concatenate -MatchNames'; Id = 'DuplicateName'; Hint = "'x' in rows 0 and 2" }
        @{ Given = '($b | Select-FeatureMatrix -First 2), $a'; By = '-Concatenate -MatchNames'; Id = 'NameNotFound'; Hint = "no row named 'u'" }
    ) {
        { Invoke-Expression "$Given | Join-FeatureMatrix $By" } | Should -Throw "*$Hint*" -ErrorId "$Id,*"
    }

    It 'normalizes columns alone' {
        $result = Invoke-Apart '$a, $b | Join-FeatureMatrix -Normalize' @{ a = $a; b = $b }
        $result.ErrorId | Should -Be ConcatenateNeeded
        "$($result.Errors)" | Should -BeLike '*Concatenate*'
    }

    It 'gives a matrix that is ranked as one' {
        # The query (0, 1) sees (0, 2) at cosine 1, then (3, 4) at 0.8, (5, 6) at 6/sqrt(61) = 0.768, (7, 8) at 8/sqrt(113) = 0.753, (9, 1) at 0.110.
        $query = , (0, 1) | ConvertTo-FeatureMatrix -Role Query
        ($query, ($a, $b | Join-FeatureMatrix) | Search-FeatureMatrix).GetIndices(0) | Should -Be 1, 0, 2, 3, 4
    }

    It 'keeps half precision where all parts have it' {
        Write-Npy $TestDrive/half.npy (New-LabelledRows 1 2 1 -Seed 1).Values -Half
        Write-Npy $TestDrive/single.npy (New-LabelledRows 1 2 1 -Seed 1).Values
        (Import-FeatureMatrix $TestDrive/half.npy, $TestDrive/half.npy | Join-FeatureMatrix).ElementType | Should -Be Float16
        (Import-FeatureMatrix $TestDrive/half.npy, $TestDrive/single.npy | Join-FeatureMatrix).ElementType | Should -Be Float32
    }
}
