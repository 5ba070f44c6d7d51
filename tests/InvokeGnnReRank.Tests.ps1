BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 5 8 3 -Seed 2) (New-LabelledRows 15 8 3 -Seed 3)
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
}

AfterAll { Pop-Location }

Describe 'The settings' {
    It 'bind by <Names>' -ForEach @(
        @{ Names = "the paper's names"; Given = @{ K1 = 9; K2 = 3; Layers = 1; Alpha = 1.5; Lambda = 0.25 } }
        @{ Names = 'speaking ones'; Given = @{ NeighborCount = 9; PropagationCount = 3; LayerCount = 1; EdgeExponent = 1.5; CosineWeight = 0.25 } }
    ) {
        $ranking = $sets | Invoke-GnnReRank -Variant Reference @Given
        "$($ranking.Settings)" | Should -Be 'GNN Reference k1=9 k2=3 layers=1 alpha=1.5 lambda=0.25'
    }

    It 'are refused out of range before any work: <Given>' -ForEach @(
        @{ Given = '-K1 0'; Id = 'InvalidK1'; Hint = 'at least 1'; Target = 'GNN Paper k1=0*' }
        @{ Given = '-K1 5 -K2 0'; Id = 'InvalidK2'; Hint = 'at least 1'; Target = 'GNN Paper k1=5 k2=0*' }
        @{ Given = '-K1 5 -K2 6'; Id = 'K2ExceedsK1'; Hint = 'Lower K2 or raise K1'; Target = 'GNN Paper k1=5 k2=6*' }
        @{ Given = '-K1 10 -Layers -1'; Id = 'InvalidLayers'; Hint = 'negative'; Target = '*layers=-1*' }
        @{ Given = '-K1 10 -Alpha -0.5'; Id = 'InvalidAlpha'; Hint = 'not negative'; Target = '*alpha=-0.5*' }
        @{ Given = '-K1 10 -Lambda 1.5'; Id = 'InvalidLambda'; Hint = 'between 0 and 1'; Target = '*lambda=1.5*' }
        @{ Given = '-K1 10 -Top 0'; Id = 'InvalidTop'; Hint = 'at least 1'; Target = '0' }
    ) {
        $result = Invoke-Apart "`$sets | Invoke-GnnReRank $Given -Verbose" @{ sets = $sets }
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike "*$Hint*"
        "$($result.Errors[0].TargetObject)" | Should -BeLike $Target
        $result.Errors[0].CategoryInfo.Category | Should -Be InvalidArgument
        $result.Output | Should -BeNullOrEmpty
        $result.Verbose | Should -BeNullOrEmpty
    }

    It 'are lowered with a warning where there are fewer rows' {
        $ranking = $sets | Invoke-GnnReRank -K1 26 -K2 22 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*K1 is 26*K1 20 and K2 20 are used*'
        "$($ranking.Settings)" | Should -BeLike 'GNN Paper k1=20 k2=20 *'
    }
}

Describe 'The size of identities' {
    It 'of <Images> images gives K1 <K1> and K2 <K2>' -ForEach @(
        @{ Images = 1; K1 = 1; K2 = 1 }, @{ Images = 4; K1 = 4; K2 = 2 }, @{ Images = 10; K1 = 10; K2 = 5 }, @{ Images = 19; K1 = 19; K2 = 9 }
    ) {
        $settings = ($sets | Invoke-GnnReRank -ImagesPerIdentity $Images -WarningVariable warnings).Settings
        $settings.K1, $settings.K2, $settings.EffectiveLambda | Should -Be $K1, $K2, 0
        $warnings | Should -BeNullOrEmpty
    }

    It 'is not given beside K1 or K2: <_>' -ForEach '-K1 4', '-K2 2' {
        { Invoke-Expression "`$sets | Invoke-GnnReRank -ImagesPerIdentity 4 $_" } | Should -Throw '*the first stands for K1 and K2*' -ErrorId 'SizeAndNeighbors,*'
    }

    It 'below one is refused' {
        { $sets | Invoke-GnnReRank -ImagesPerIdentity 0 } | Should -Throw '*at least 1*' -ErrorId 'InvalidImagesPerIdentity,*'
    }
}

Describe 'A graph' {
    It 'has fewer neighbours where there are fewer rows, with a warning if more were asked for' {
        $graph = $sets | New-NeighborGraph -NeighborCount 21 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*20 is used*'
        $graph.NeighborCount | Should -Be 20
        $graph = $sets | New-NeighborGraph -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $graph.NeighborCount | Should -Be 20
        $null = $graph | Invoke-GnnReRank -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'is refused with too few neighbours' {
        { $sets | New-NeighborGraph -K 6 | Invoke-GnnReRank -K1 8 -K2 3 } | Should -Throw '*6 neighbours*K1 is 8*' -ErrorId 'GraphTooShallow,*'
    }

    It 'is refused where it does not fit the matrices' {
        { $sets | New-NeighborGraph -K 6 | Invoke-GnnReRank -Query $gallery -K1 6 -K2 3 } | Should -Throw '*20 vertices*' -ErrorId 'GraphDoesNotFit,*'
    }
}

Describe 'Matrices of different dimensions' {
    It 'are refused by <_>' -ForEach 'Invoke-GnnReRank -K1 2 -K2 1', 'Search-FeatureMatrix', 'New-NeighborGraph -K 2' {
        $other = (1, 2, 3), (4, 5, 6) | ConvertTo-FeatureMatrix -Role Gallery
        { Invoke-Expression "`$query, `$other | $_" } | Should -Throw '*8*3*' -ErrorId 'DimensionMismatch,*'
    }
}

Describe 'A ranking' {
    It 'of -Top is the head of the full one' {
        $full = $sets | Invoke-GnnReRank -K1 8
        $cut = $sets | Invoke-GnnReRank -K1 8 -Top 3
        $cut.Depth | Should -Be 3
        $cut.IsFull | Should -BeFalse
        $cut.GetIndices(1) | Should -Be $full.GetIndices(1)[0..2]
    }

    It 'has the same bits from any number of threads' {
        $one, $two = 1, 2 | ForEach-Object { , ($sets | Invoke-GnnReRank -K1 8 -ThrottleLimit $_).GetScores(0) }
        $one | Should -HaveCount 15
        $two | Should -Be $one
    }
}
