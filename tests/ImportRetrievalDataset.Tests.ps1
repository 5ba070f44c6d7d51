# A Market-1501 of two queries and five gallery images; features are points on a circle, so that rankings can be read off the angles.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    $degrees = [ordered]@{
        'query/0001_c1s1_000001_00.jpg' = 0
        'query/0002_c1s1_000002_00.jpg' = 90
        'bounding_box_test/0001_c2s1_000003_00.jpg' = 10
        'bounding_box_test/0002_c2s1_000004_00.jpg' = 20
        'bounding_box_test/-1_c2s1_000005_00.jpg' = 5
        'bounding_box_test/0001_c1s1_000006_00.jpg' = 2
        'bounding_box_test/0001_c3s1_000007_00.jpg' = 40
    }
    $names = [string[]] $degrees.Keys
    $names | ForEach-Object { $null = New-Item "market/$_" -Force }
    function New-Features([int[]] $Images, [string] $Role = 'None') {
        $rows = foreach ($image in $Images) { $angle = $degrees[$image] * [Math]::PI / 180; , ([Math]::Cos($angle), [Math]::Sin($angle)) }
        [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, $null, $null, [string[]] $names[$Images], $Role)
    }

    $all = New-Features 6, 3, 0, 5, 2, 1, 4
    $set = Import-RetrievalDataset Market1501 market -Features $all
}

AfterAll { Pop-Location }

Describe 'A data set with features' {
    # Query 1 at 0 degrees sees 0001_c1 (2, same camera: junk), -1 (5, junk), 0001_c2 (10), 0002_c2 (20), 0001_c3 (40). Without junk its
    # two good images are at ranks 0 and 2: AP = 1/2 (1 + 1)/2 + 1/2 (1/2 + 2/3)/2 = 19/24.
    # Query 2 at 90 degrees sees 0001_c3 (50 away), 0002_c2 (70), 0001_c2, -1, 0001_c1: its one good image is at rank 1: AP = (0 + 1/2)/2 = 1/4.
    # mAP = (19/24 + 6/24) / 2 = 25/48. Rank1 = 1/2.
    It 'gives the hand-worked figures: <Search> | Measure-RetrievalAccuracy <By>' -ForEach @(
        @{ Search = '$set | Search-FeatureMatrix'; By = '-Protocol $set.Protocol' }
        @{ Search = 'Search-FeatureMatrix -Query $set.Query -Gallery $set.Gallery'; By = '-Protocol Market-1501' }
        @{ Search = 'Search-FeatureMatrix -InputObject $set'; By = '-GroundTruth $set' }
    ) {
        $accuracy = Invoke-Expression "$Search | Measure-RetrievalAccuracy $By"
        [Math]::Round($accuracy.mAP, 12) | Should -Be ([Math]::Round(25 / 48, 12))
        $accuracy.Rank1 | Should -Be 0.5
        $accuracy.Protocol | Should -Be Market1501
    }

    It 'goes into re-ranking as its two matrices: <_>' -ForEach '$set | Invoke-GnnReRank -K1 3 -K2 2', '$set | New-NeighborGraph -K 3 | Invoke-GnnReRank -K1 3 -K2 2' {
        $expected = Invoke-GnnReRank $set.Query $set.Gallery -K1 3 -K2 2
        $ranking = Invoke-Expression $_
        foreach ($query in 0, 1) {
            $ranking.GetIndices($query) | Should -Be $expected.GetIndices($query)
            $ranking.GetScores($query) | Should -Be $expected.GetScores($query)
        }
    }

    It 'has the same rows whichever way the features are given: <_>' -ForEach @(
        'Import-RetrievalDataset Market1501 market -Features $all'
        'Import-RetrievalDataset Market1501 market -Query (New-Features (1, 0)) -Gallery (New-Features (2..6))'
        '(New-Features (2..6) Gallery), (New-Features (1, 0) Query) | Import-RetrievalDataset Market1501 market'
        '$all | Import-RetrievalDataset -Dataset market-1501 -LiteralPath market'
        'Import-RetrievalDataset Market1501 market -Features (New-Features 0, 1, 6, 4, 2, 3, 5) -RequireAll'
    ) {
        $given = Invoke-Expression $_
        "$($given.Query.Labels)|$($given.Query.Cameras)|$($given.Query[1, 1])|$($given.Gallery.Labels)|$($given.Gallery.Cameras)" |
            Should -Be '1 2|1 1|1|-1 1 1 1 2|2 1 2 3 2'
        $given.Gallery.Names | Should -Be $names[4, 5, 2, 6, 3]
    }

    It 'needs no names of rows in its order' {
        $bare = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 0), (0, 1)))
        (Import-RetrievalDataset Market1501 market -Query $bare -InOrder).Query.Names | Should -Be $names[0, 1]
    }

    It 'warns of what is left out, and lists it' {
        $part = Import-RetrievalDataset Market1501 market -Variant WithoutJunk -Features (New-Features (1..6)) -WarningVariable warnings
        $part.UnmatchedImages.Image.Name | Should -Be $names[0]
        $part.UnmatchedFeatures.Name | Should -Be $names[4]
        "$warnings" | Should -BeLike '*1 of 2 queries have no feature row*'
        "$warnings" | Should -BeLike '*1 feature rows name no image*'
    }

    It 'is refused where something is left out and all is required' {
        { Import-RetrievalDataset Market1501 market -Features (New-Features (1..6)) -RequireAll } | Should -Throw -ErrorId 'DatasetIncomplete,*'
    }
}

Describe 'A data set' {
    It 'without features is refused by the next command with advice' {
        { Import-RetrievalDataset Market1501 market | Search-FeatureMatrix } | Should -Throw '*no features of its queries*-Features*'
    }

    It 'goes by its published name, <Name>' -ForEach @(
        @{ Name = 'CUHK03-NP'; Kind = 'Cuhk03NP' }
        @{ Name = 'VeRi-776'; Kind = 'VeRi776' }
        @{ Name = 'SOP'; Kind = 'StanfordOnlineProducts' }
        @{ Name = 'DukeMTMC-reID'; Kind = 'DukeMtmc' }
        @{ Name = 'msmt17'; Kind = 'Msmt17' }
        @{ Name = 'CUB-200-2011'; Kind = 'Cub200' }
        @{ Name = 'Oxford-5k'; Kind = 'Oxford5k' }
    ) {
        { Import-RetrievalDataset $Name nowhere } | Should -Throw "*the folder of $Kind,*" -ErrorId 'DatasetNotFound,*'
    }

    It 'of an unknown name is an error that lists the known ones' {
        { Import-RetrievalDataset CIFAR-10 market } | Should -Throw "*'CIFAR-10' is no data set that can be read. Known are Market1501, DukeMtmc*"
    }

    It 'of VehicleID has a gallery drawn by the seed' {
        # Two vehicles of three images each.
        Set-Content test_list_800.txt '0000001 7', '0000002 7', '0000003 7', '0000004 9', '0000005 9', '0000006 9'
        $whole, $drawn = (Import-RetrievalDataset VehicleID test_list_800.txt), (Import-RetrievalDataset VehicleID test_list_800.txt -Seed 1)
        $whole.QueryImages.Count, $whole.GalleryImages.Count, $drawn.QueryImages.Count, $drawn.GalleryImages.Count | Should -Be 6, 6, 4, 2
    }
}
