BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject

    # One query at angle 0; gallery rows at growing angles, so the ranking is 0, 1, 2, 3 with labels 2, 1, 2, 1.
    $query = @{ E = 1, 0; Id = 1; Cam = 1 } | ConvertTo-FeatureMatrix E -Label Id -Camera Cam -Role Query
    $gallery = 1..4 | ForEach-Object { @{ E = 9, $_; Id = 1 + $_ % 2; Cam = 2 } } | ConvertTo-FeatureMatrix E -Label Id -Camera Cam -Role Gallery
    $ranking = $query, $gallery | Search-FeatureMatrix

    function New-Truth([hashtable] $Lists) { [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $Lists, 4) }
}

Describe 'Figures' {
    # Matches at ranks 2 and 4: precisions 1/2 and 2/4. Trapezoids: (0 + 1/2) / 2 * 1/2 + (1/3 + 1/2) / 2 * 1/2 = 1/3.
    It 'are those worked by hand' {
        $plain = $ranking | Measure-RetrievalAccuracy -ApKind Uninterpolated -Rank 2, 3
        $plain.mAP, $plain.mINP, $plain.Rank1 | Should -Be 0.5, 0.5, 0
        $trapezoid = $ranking | Measure-RetrievalAccuracy
        [math]::Round($trapezoid.mAP, 12) | Should -Be ([math]::Round(1 / 3, 12))
        "$($trapezoid.Protocol) $($trapezoid.ApKind) $($trapezoid.Divisor)" | Should -Be 'Market1501 Trapezoid Valid'
    }

    It 'are there at a rank asked for' {
        $accuracy = $ranking | Measure-RetrievalAccuracy -Rank 2
        $accuracy.At(1), $accuracy.At(2) | Should -Be 0, 1
        ($accuracy.Ranks | Where-Object Rank -eq 2).Cmc | Should -Be 1
    }

    It 'of a cut ranking have their own name' {
        $accuracy = $query, $gallery | Search-FeatureMatrix -Top 2 | Measure-RetrievalAccuracy
        $accuracy.MeanName | Should -Be 'mAP@2'
        $accuracy.mAP, $accuracy.mINP | Should -Be $null, $null
        $accuracy.mAPAtDepth | Should -Not -BeNullOrEmpty
    }

    # Four rows at angles that grow: each one's nearest is its neighbour in order. Labels 2, 1, 2, 1; one other image each, R = 1.
    # Never first, so both figures are 0.
    It 'of a set against itself are those at R' {
        $accuracy = Search-FeatureMatrix $gallery $gallery -WarningAction Ignore | Measure-RetrievalAccuracy -Protocol SOP
        $accuracy.MapAtR, $accuracy.RPrecision | Should -Be 0, 0
    }

    It 'are of the draws and the seed that were given' {
        $accuracy = $ranking | Measure-RetrievalAccuracy -Protocol Cuhk03Classic -Draws 3 -Seed 9
        $accuracy.Draws, $accuracy.Seed | Should -Be 3, 9
    }
}

Describe 'What cannot be measured' {
    It 'is refused: a query <Query> with <Given>' -ForEach @(
        @{ Query = @{ E = 1, 0 }; Given = @{}; Id = 'LabelsMissing'; Hints = , 'label' }
        @{ Query = @{ E = 1, 0; Id = 1 }; Given = @{ Protocol = 'Market1501' }; Id = 'CamerasMissing'; Hints = 'camera', 'Label' }
        @{ Query = @{ E = 1, 0; Id = 99; Cam = 1 }; Given = @{}; Id = 'NoValidQuery'; Hints = @() }
        @{ Query = @{ E = 1, 0; Id = 1; Cam = 1 }; Given = @{ Protocol = 'Gldv2'; GroundTruth = 7 }; Id = 'NotAGroundTruth'; Hints = @() }
    ) {
        $columns = @{ Property = 'E' }
        if ($Query['Id']) { $columns.Label = 'Id' }
        if ($Query['Cam']) { $columns.Camera = 'Cam' }
        $bare = $Query | ConvertTo-FeatureMatrix @columns -Role Query
        $result = Invoke-Apart '$bare, $gallery | Search-FeatureMatrix | Measure-RetrievalAccuracy @given' @{ bare = $bare; gallery = $gallery; given = $Given }
        $result.ErrorId | Should -Be $Id
        foreach ($hint in $Hints) { "$($result.Errors)" | Should -BeLikeExactly "*$hint*" }
        $result.Output | Should -BeNullOrEmpty
    }
}

Describe 'A protocol' {
    It '<Expected> is named <Name>' -ForEach @(
        foreach ($protocol in @{
            Market1501     = 'DukeMTMC', 'msmt17', 'CUHK03-NP', 'VeRi-776', 'VeRi776'
            VehicleId      = 'VehicleID', 'vehicleid'
            University1652 = 'University-1652', 'university1652'
        }.GetEnumerator()) { $protocol.Value | ForEach-Object { @{ Expected = $protocol.Key; Name = $_ } } }
    ) {
        ($ranking | Measure-RetrievalAccuracy -Protocol $Name).Protocol | Should -Be $Expected
    }

    It 'that is unknown is refused with the names there are' {
        { $ranking | Measure-RetrievalAccuracy -Protocol Nothing } | Should -Throw '*Cuhk03Classic*SOP*'
    }
}

Describe 'Lists of truth' {
    # The list is 0, 1, 2, 3; easy 1, hard 3, junk 0. Easy: 1 first, AP 1. Medium: 1, 2, 3: (1 + (1/2 + 2/3) / 2) / 2 = 19/24.
    # Hard: junk 0 and 1, left 2, 3: (0 + 1/2) / 2 = 1/4.
    It 'measure the three setups, <From>' -ForEach @(
        @{ From = 'given with the protocol'; Given = { @{ Protocol = 'RParis6k'; GroundTruth = $truth } } }
        @{ From = "a data set's with its protocol"
            Given = { @{ GroundTruth = [pscustomobject] @{ GroundTruth = $truth; Protocol = [GnnReRank.EvaluationProtocol]::RevisitedOxfordParis } } } }
    ) {
        $truth = New-Truth @{ Easy = [int[]] 1; Hard = [int[]] 3; Junk = [int[]] 0 }
        $parameters = & $Given
        $accuracy = $ranking | Measure-RetrievalAccuracy @parameters
        "$($accuracy.Difficulty)" | Should -Be 'Easy Medium Hard'
        $accuracy.mAP | ForEach-Object { [math]::Round($_, 12) } | Should -Be 1, ([math]::Round(19 / 24, 12)), 0.25
    }

    It 'measure a setup alone' {
        $truth = New-Truth @{ Easy = [int[]] 1; Hard = [int[]] 3 }
        ($ranking | Measure-RetrievalAccuracy -Protocol ROxford5k -GroundTruth $truth -Difficulty Hard).Difficulty | Should -Be Hard
    }
}
