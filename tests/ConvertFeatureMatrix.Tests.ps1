# Convert-FeatureMatrix, New-, Export- and Import-FeatureTransform, and -CenterCamera. The figures are tested in the engine.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 12 7 5 -Seed 2 -Cameras 2) (New-LabelledRows 60 7 5 -Seed 3 -Cameras 2)
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $blind = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (0..11 | ForEach-Object { , $query.GetRow($_) }), $query.Labels, $null, $null, 'Query')
    $other = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (, (1..7)), $null, [int[]] 9)
    $transform = New-FeatureTransform $sets -CenterCamera -Pca 3 -Whiten
    $names = @{ query = $query; gallery = $gallery; blind = $blind; other = $other; transform = $transform; sets = $sets }
    function Get-Values($Matrix) { $Matrix | ForEach-Object { $_.ToArray() | ForEach-Object { $_.ToString('R') } } }
}

AfterAll { Pop-Location }

Describe 'Convert-FeatureMatrix' {
    It 'worked by hand centres two cameras' {
        # (1, 0) and (0, 1) of camera 1 lose (0.5, 0.5); (0.6, 0.8) and (0, 1) of camera 2 lose (0.3, 0.9).
        $made = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((2, 0), (0, 9), (3, 4), (0, 5)), $null, [int[]] (1, 1, 2, 2)) |
            Convert-FeatureMatrix -CenterCamera
        ($made.ToArray() | ForEach-Object { $_.ToString('F4') }) -join ' ' |
            Should -Be '0.7071 -0.7071 -0.7071 0.7071 0.9487 -0.3162 -0.9487 0.3162'
    }

    It 'learns of all that come together, however they come: <_>' -ForEach @(
        '$query, $gallery | Convert-FeatureMatrix -CenterCamera -Pca 3 -Whiten'
        'Convert-FeatureMatrix $sets -CenterCamera -Pca 3 -Whiten -Shrinkage 0.5'
        '$sets | Convert-FeatureMatrix -LearnFrom $gallery, $query -CenterCamera -Components 3 -Whiten -ThrottleLimit 1'
        '$sets | Convert-FeatureMatrix -Transform $transform'
        '$query | Convert-FeatureMatrix -Transform $transform; $gallery | Convert-FeatureMatrix -Transform $transform'
    ) {
        $converted = Invoke-Expression $_
        $converted | Should -HaveCount 2
        $converted.Role | Should -Be Query, Gallery
        $converted[1].Labels | Should -Be $gallery.Labels
        $converted[1].Cameras | Should -Be $gallery.Cameras
        $converted[1].Source | Should -Be $gallery.Source
        # Sums go in the order of the matrices.
        $found, $wanted = $converted, ($sets | Convert-FeatureMatrix -Transform $transform) | ForEach-Object { , @($_ | ForEach-Object { $_.ToArray() }) }
        for ($place = 0; $place -lt $wanted.Count; $place++) { [Math]::Abs($found[$place] - $wanted[$place]) | Should -BeLessThan 1e-5 }
    }

    It 'refuses <Script>' -ForEach @(
        @{ Script = '$sets | Convert-FeatureMatrix'; Id = 'NoTransformSteps'; Hint = 'give -CenterCamera, -Pca or -Whiten' }
        @{ Script = '$sets | Convert-FeatureMatrix -Pca 2 -Shrinkage 0.2'; Id = 'WhitenNeeded'; Hint = 'Add -Whiten' }
        @{ Script = '$blind, $gallery | Convert-FeatureMatrix -CenterCamera'; Id = 'CamerasMissing'; Hint = 'the query, has no cameras*-CameraColumn' }
        @{ Script = '$sets | Convert-FeatureMatrix -Pca 8'; Id = 'TooManyComponents'; Hint = '7 columns, and 8' }
        @{ Script = '$sets | Convert-FeatureMatrix -Pca 0'; Id = 'InvalidComponents'; Hint = 'at least 1' }
        @{ Script = '$sets | Convert-FeatureMatrix -Whiten -Shrinkage 2'; Id = 'InvalidShrinkage'; Hint = 'between 0 and 1' }
        @{ Script = '$other | Convert-FeatureMatrix -Transform $transform'; Id = 'CameraNotLearned'; Hint = 'rows of camera 9*-AllowUnknownCamera' }
        @{ Script = '$query | Convert-FeatureMatrix -Pca 2 | Convert-FeatureMatrix -Transform $transform'; Id = 'TransformDimensionMismatch'; Hint = '2 columns*of 7' }
        @{ Script = 'New-FeatureTransform $gallery'; Id = 'NoTransformSteps'; Hint = '-CenterCamera' }
    ) {
        $result = Invoke-Apart $Script $names
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }

    It 'takes a camera that was not learned where that is allowed' {
        $other | Convert-FeatureMatrix -Transform $transform -AllowUnknownCamera | Should -BeOfType GnnReRank.FeatureMatrix
    }

    It 'warns of rows that are the only ones of their camera' {
        $result = Invoke-Apart '$query, $other | Convert-FeatureMatrix -CenterCamera; $null = $other, $query | New-FeatureTransform -CenterCamera' $names
        $result.Errors | Should -BeNullOrEmpty
        @($result.Warnings) | Should -HaveCount 2
        "$($result.Warnings[0])" | Should -BeLike '1 of 1 rows equal the mean of their camera*zeros*'
        "$($result.Warnings[1])" | Should -BeLike '1 of 3 cameras had one row*'
    }
}

Describe 'A transform' {
    It 'comes back from its file' {
        $file = $transform | Export-FeatureTransform kept.transform -PassThru
        $read = $file | Import-FeatureTransform
        "$read" | Should -Be "$transform"
        Get-Values ($query | Convert-FeatureMatrix -Transform $read) | Should -Be (Get-Values ($query | Convert-FeatureMatrix -Transform $transform))
        { $transform | Export-FeatureTransform kept.transform } | Should -Throw -ErrorId 'FileExists,*'
        $transform | Export-FeatureTransform kept.transform -Force
        { $transform, $transform | Export-FeatureTransform two.transform } | Should -Throw -ErrorId 'SeveralForOneFile,*'
        'two.transform' | Should -Not -Exist
    }

    It 'is not written by -WhatIf' {
        $transform | Export-FeatureTransform no.transform -WhatIf
        'no.transform' | Should -Not -Exist
    }

    It 'is not read from <Path>' -ForEach @(
        @{ Path = 'missing.transform'; Id = 'FileNotFound' }
        @{ Path = 'sets.npz'; Id = 'UnknownFormat' }
        @{ Path = 'cut.transform'; Id = 'CorruptFile' }
    ) {
        [IO.File]::WriteAllBytes("$TestDrive/cut.transform", [Text.Encoding]::ASCII.GetBytes('GRRTRANS'))
        { Import-FeatureTransform $Path } | Should -Throw -ErrorId "$Id,*"
    }

    It 'has a table and a list' {
        ($transform | Show-Screen | Get-Squeezed) -join ' ' | Should -BeLike '*Dimension OutputDimension RowCount Steps*7 3 72 2 cameras centred, 3 principal*'
        ($transform | Format-List | Show-Screen | Get-Squeezed) -join ' ' | Should -BeLike '*Components : 3*Whiten : True*Shrinkage : 0.5*'
    }
}

Describe '-CenterCamera' {
    BeforeAll { $centred = $sets | Convert-FeatureMatrix -CenterCamera }

    It 'ranks the centred rows and keeps those that were given: <Command>' -ForEach @(
        @{ Command = 'Search-FeatureMatrix'; Text = 'Cosine centred' }
        @{ Command = 'Invoke-GnnReRank -K1 8 -K2 3 -Lambda 0.2'; Text = '*lambda=0.2 centred' }
        @{ Command = 'Invoke-ReRank -Method Gnn -K1 8 -K2 3 -Lambda 0.2'; Text = '*lambda=0.2 centred' }
        @{ Command = 'New-NeighborGraph -K 20 {0} | Invoke-GnnReRank -K1 8 -K2 3 -Lambda 0.2'; Text = '*lambda=0.2 centred' }
    ) {
        $here = $Command.Contains('{0}') ? ($Command -f '-CenterCamera') : "$Command -CenterCamera"
        $ranking = Invoke-Expression "`$sets | $here"
        $expected = Invoke-Expression "`$centred | $($Command -f '')"
        [object]::ReferenceEquals($ranking.Gallery, $gallery) | Should -BeTrue
        "$($ranking.Settings)" | Should -BeLike $Text
        "$($expected.Settings)" | Should -Not -BeLike '*centred*'
        foreach ($row in 0..11) {
            $ranking.GetIndices($row) | Should -Be $expected.GetIndices($row)
            $ranking.GetScores($row) | Should -Be $expected.GetScores($row)
        }
    }

    It 'refuses <Script>' -ForEach @(
        @{ Script = '$blind, $gallery | Search-FeatureMatrix -CenterCamera'; Id = 'CamerasMissing'; Hint = 'the query, has no cameras' }
        @{ Script = '$blind, $gallery | Invoke-GnnReRank -K1 4 -CenterCamera'; Id = 'CamerasMissing'; Hint = 'the query, has no cameras' }
        @{ Script = '$blind, $gallery | New-NeighborGraph -CenterCamera'; Id = 'CamerasMissing'; Hint = 'the query, has no cameras' }
        @{ Script = '$sets | New-NeighborGraph | Invoke-GnnReRank -CenterCamera'; Id = 'GraphNotCentered'; Hint = 'New-NeighborGraph -CenterCamera' }
    ) {
        $result = Invoke-Apart $Script $names
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }

    It 'is known of a graph from its file: <File>' -ForEach @(
        @{ File = 'centred.parquet'; Given = '' }
        @{ File = 'centred.npy'; Given = '-CenterCamera' }
    ) {
        $graph = $sets | New-NeighborGraph -K 9 -CenterCamera
        "$graph" | Should -BeLike '*centred by camera'
        $graph | Export-NeighborGraph $File
        $ranking = Invoke-Expression "Import-NeighborGraph $File -Query `$query -Gallery `$gallery $Given | Invoke-GnnReRank -K1 8 -K2 3 -CenterCamera"
        "$($ranking.Settings)" | Should -BeLike '*centred'
        $ranking.GetScores(3) | Should -Be ($graph | Invoke-GnnReRank -K1 8 -K2 3).GetScores(3)
    }

    It 'is spoken of where cameras are known and not used: <Script>' -ForEach @(
        @{ Script = '$sets | Search-FeatureMatrix'; Spoken = 1 }
        @{ Script = '$sets | Invoke-GnnReRank -K1 4'; Spoken = 1 }
        @{ Script = '$sets | New-NeighborGraph'; Spoken = 1 }
        @{ Script = '$sets | Search-FeatureMatrix -CenterCamera'; Spoken = 0 }
        @{ Script = '$sets | Invoke-GnnReRank -K1 4 -CenterCamera'; Spoken = 0 }
        @{ Script = '$sets | New-NeighborGraph -CenterCamera | Invoke-GnnReRank -K1 4'; Spoken = 0 }
        @{ Script = '$blind, $gallery | Search-FeatureMatrix'; Spoken = 0 }
    ) {
        $result = Invoke-Apart "`$VerbosePreference = 'Continue'; $Script" $names
        $result.Errors | Should -BeNullOrEmpty
        @($result.Verbose -like '*-CenterCamera subtracts*1.7 to 11 points of mAP*docs/cameras.md*') | Should -HaveCount $Spoken
    }
}
