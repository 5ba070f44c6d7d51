BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
}

Describe 'ConvertTo-FeatureMatrix' {
    It 'takes rows, labels, cameras and names of objects' {
        $made = 1..3 | ForEach-Object { [pscustomobject]@{ File = "$_.jpg"; Id = [long] $_ * 10; Cam = "$_"; Embedding = 1.5, $_ } } |
            ConvertTo-FeatureMatrix -Property Embedding -Label Id -Camera Cam -Name File -Role Gallery
        '{0}|{1} x {2}|{3}|{4}|{5}|{6}' -f $made.Role, $made.RowCount, $made.Dimension, "$($made.Labels)", "$($made.Cameras)", "$($made.Names)", "$($made.GetRow(2))" |
            Should -Be 'Gallery|3 x 2|10 20 30|1 2 3|1.jpg 2.jpg 3.jpg|1.5 3'
    }

    It 'makes the same matrix of whatever a script calls rows: <_>' -ForEach @(
        '(1, 2), (3, 4) | ConvertTo-FeatureMatrix'
        '[float[]](1, 2), [float[]](3, 4) | ConvertTo-FeatureMatrix'
        '[double[]](1, 2), [double[]](3, 4) | ConvertTo-FeatureMatrix'
        "[System.Collections.Generic.List[int]](1, 2), [System.Collections.ArrayList](3, '4') | ConvertTo-FeatureMatrix"
        'ConvertTo-FeatureMatrix -InputObject ((1, 2), (3, 4))'
        '[float[][]] $rows = (1, 2), (3, 4); ConvertTo-FeatureMatrix -InputObject $rows'
        '$table = [float[,]]::new(2, 2); $table[0,0] = 1; $table[0,1] = 2; $table[1,0] = 3; $table[1,1] = 4; , $table | ConvertTo-FeatureMatrix'
        '@{ E = 1, 2 }, @{ E = 3, 4 } | ConvertTo-FeatureMatrix E'
    ) {
        $made = Invoke-Expression $_
        "$($made.RowCount) x $($made.Dimension): $($made.GetRow(0)) $($made.GetRow(1))" | Should -Be '2 x 2: 1 2 3 4'
    }

    It 'takes a single row after a comma' {
        $row = 1, 2, 3
        (, $row | ConvertTo-FeatureMatrix).RowCount | Should -Be 1
    }

    It 'names what cannot be a row, with its number: <Given>' -ForEach @(
        @{ Given = '1, 2, 3'; Id = 'NotARow'; Who = 'Object 1 '; Hint = ',$row' }
        @{ Given = "(1, 2), 'text'"; Id = 'NotARow'; Who = 'Object 2 '; Hint = "'text'" }
        @{ Given = "(1, 2), (1, 'x')"; Id = 'NotANumber'; Who = 'Object 2 '; Hint = 'position 1' }
        @{ Given = '(1, 2), (1, $null)'; Id = 'NotANumber'; Who = 'Object 2 '; Hint = 'empty' }
        @{ Given = '(1, 2), (1, 2, 3)'; Id = 'FeatureLengthMismatch'; Who = 'Object 2 '; Hint = '3 values' }
        @{ Given = '(1, 2), (1, [double]::NaN)'; Id = 'NonFiniteFeature'; Who = 'Object 2 '; Hint = '-SkipInvalid' }
        @{ Given = '(1, 2), (1, 1e300)'; Id = 'NonFiniteFeature'; Who = 'Object 2 '; Hint = 'position 1' }
        @{ Given = '(1, 2), (0, 0)'; Id = 'ZeroFeatureRow'; Who = 'Object 2 '; Hint = '-SkipInvalid' }
        @{ Given = '[pscustomobject]@{ E = 1, 2; Id = 1 }'; By = 'Embedding'; Id = 'PropertyNotFound'; Who = 'Object 1 '; Hint = 'E, Id' }
        @{ Given = "@{ E = 1, 2; Id = 'a' }"; By = 'E -Label Id'; Id = 'NotAWholeNumber'; Who = 'Object 1 '; Hint = "'a'" }
        @{ Given = '@{ E = 1, 2; Id = 1.5 }'; By = 'E -Label Id'; Id = 'NotAWholeNumber'; Who = 'Object 1 '; Hint = '1.5' }
        @{ Given = '@{ E = 1, 2; Cam = 3e9 }'; By = 'E -Camera Cam'; Id = 'NotAWholeNumber'; Who = 'Object 1 '; Hint = '2147483647' }
        @{ Given = '@()'; Id = 'EmptyFeatureMatrix'; Who = 'No usable row'; Hint = 'at least one' }
        @{ Given = '(0, 0), (0, 0)'; By = '-SkipInvalid'; Id = 'EmptyFeatureMatrix'; Who = '2 skipped'; Hint = 'at least one' }
    ) {
        { Invoke-Expression "$Given | ConvertTo-FeatureMatrix $By" } | Should -Throw "*$Who*$Hint*" -ErrorId "$Id,*"
    }

    It 'leaves invalid rows out with a warning, and their labels' {
        $made = (1, 7), ([float]::NaN, 8), (0, 9), (2, 10) | ForEach-Object { @{ E = $_[0], 0; Id = $_[1] } } |
            ConvertTo-FeatureMatrix E -Label Id -SkipInvalid -WarningVariable warnings
        $made.Labels | Should -Be 7, 10
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*2 of 4 objects*2, 3*'
    }
}
