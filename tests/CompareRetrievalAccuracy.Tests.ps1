BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject

    # Three queries of labels 1, 2, 3 and a gallery of the same labels. $worse ranks by the features as they are: the first query's
    # match is second, the others' first. In $better all matches are first. Uninterpolated: (1/2 + 1 + 1) / 3 = 5/6 against 1.
    function New-Rows($Role, $Features) {
        1..3 | ForEach-Object { @{ E = $Features[$_ - 1]; Id = $_ } } | ConvertTo-FeatureMatrix E -Label Id -Role $Role
    }

    $gallery = New-Rows Gallery ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    $worse = Search-FeatureMatrix (New-Rows Query ((1, 2, 0), (0, 2, 0), (0, 0, 2))) $gallery
    $better = Search-FeatureMatrix (New-Rows Query ((2, 0, 0), (0, 2, 0), (0, 0, 2))) $gallery
    $before, $after = $worse, $better | Measure-RetrievalAccuracy -ApKind Uninterpolated
    $other = $better | Measure-RetrievalAccuracy -ApKind Trapezoid
}

Describe 'The reference' {
    It 'is the first, however they are given: <_>' -ForEach @(
        'Compare-RetrievalAccuracy $before $after'
        '$before, $after | Compare-RetrievalAccuracy'
        '$after | Compare-RetrievalAccuracy -Reference $before'
        'Compare-RetrievalAccuracy -Difference $after -Baseline $before'
        'Compare-RetrievalAccuracy -ReferenceObject $before -DifferenceObject $after'
        'Compare-RetrievalAccuracy $worse $after'
        '$before, $better | Compare-RetrievalAccuracy'
    ) {
        $comparison = Invoke-Expression $_
        [math]::Round($comparison.MeanBefore, 14) | Should -Be ([math]::Round(5 / 6, 14))
        $comparison.MeanAfter | Should -Be 1
        [math]::Round($comparison.MeanDifference, 14) | Should -Be ([math]::Round(1 / 6, 14))
        $comparison.GainedCount, $comparison.LostCount, $comparison.EqualCount | Should -Be 1, 0, 2

        # One changed query: either sign is as large.
        $comparison.PValue | Should -Be 1
        $comparison.Verdict | Should -Be Noise
        $comparison.Summary | Should -BeLike '*p = 1.000: this is within the noise.'
    }

    It 'is compared with each other' {
        ($before, $after, $before | Compare-RetrievalAccuracy).MeanDifference | ForEach-Object { [math]::Round($_, 4) } | Should -Be 0.1667, 0
    }
}

Describe 'Rankings alone' {
    It 'are measured by the given protocol' {
        # Trapezoid of a match at rank 2: (0 + 1/2) / 2 = 1/4, so the mean is (1/4 + 2) / 3 = 3/4.
        $comparison = $worse, $better | Compare-RetrievalAccuracy -Protocol University1652
        $comparison.MeanBefore | Should -Be 0.75
        $comparison.Before.Protocol | Should -Be University1652
    }

    It 'have each setup of the revisited benchmarks compared with its own' {
        $lists = 0..2 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] @($_); Hard = [int[]] @(($_ + 1) % 3) } }
        $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 3)
        $worse, $better | Compare-RetrievalAccuracy -Protocol RevisitedOxfordParis -GroundTruth $truth |
            ForEach-Object { "$($_.Before.Difficulty)-$($_.After.Difficulty)" } | Should -Be Easy-Easy, Medium-Medium, Hard-Hard
    }
}

Describe 'What cannot be compared' {
    It 'is refused: <Script>' -ForEach @(
        @{ Script = '$before | Compare-RetrievalAccuracy'; Id = 'NothingToCompare'; Hint = 'at least one other' }
        @{ Script = 'Compare-RetrievalAccuracy $before 5'; Id = 'NotAResult'; Hint = 'Int32' }
        @{ Script = 'Compare-RetrievalAccuracy $before $after -Alpha 1'; Id = 'InvalidComparison'; Hint = 'Alpha is 1' }
        @{ Script = 'Compare-RetrievalAccuracy $before $after -Bootstrap 10'; Id = 'BootstrapOutOfRange'; Hint = '100 to 1,000,000' }
        @{ Script = 'Compare-RetrievalAccuracy -Reference $before, $after -Difference $after'; Id = 'SeveralReferences'; Hint = 'give one' }
    ) {
        $result = Invoke-Apart $Script @{ before = $before; after = $after }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors)" | Should -BeLike "*$Hint*"
        $result.Output | Should -BeNullOrEmpty
    }

    It 'is an error, and the next goes on' {
        $comparison = $before, $other, $after | Compare-RetrievalAccuracy -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -BeLike 'NotComparable,*'
        "$errors" | Should -BeLike '*kind of average precision: Uninterpolated and Trapezoid*'
        $comparison | Should -HaveCount 1
    }
}

Describe 'A comparison' {
    It 'is the same for any number of threads by the same seed' {
        $one, $two = 1, 2 | ForEach-Object { Compare-RetrievalAccuracy $before $after -Seed 3 -Bootstrap 200 -ThrottleLimit $_ }
        $two.DifferenceInterval | Should -Be $one.DifferenceInterval
    }

    It 'holds what was asked for' {
        $comparison = Compare-RetrievalAccuracy $before $after -Seed 3 -Alpha 0.2
        $comparison.Seed, $comparison.Alpha | Should -Be 3, 0.2
    }

    It 'lists as many queries as -Top says' {
        (Compare-RetrievalAccuracy $before $after -Top 0).MostGained | Should -HaveCount 0
        (Compare-RetrievalAccuracy $before $after -Top 1).MostGained.QueryIndex | Should -Be 0
    }
}
