# The lists of results: PowerShell indexes arrays and read-only collections, and takes a list whose indexer it does not see for one value.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    $engine = [GnnReRank.FeatureMatrix].Assembly
    $readOnlyCollection = [Collections.ObjectModel.ReadOnlyCollection[int]].GetGenericTypeDefinition()

    # What keeps PowerShell from indexing a list that has items.
    function Get-Fault($List) {
        $type = $List.GetType()
        $wrapped = ($type, $type.BaseType).Where({ $_.IsGenericType -and $_.GetGenericTypeDefinition() -eq $readOnlyCollection })
        if (-not $type.IsArray -and -not ($type.IsPublic -and $wrapped)) { "is a $type" }
        foreach ($first in $List) { break }
        if (-not [object]::Equals($List[0], $first)) { "gives '$($List[0])' as its first item, '$first'" }
    }

    # Walks from an object to all that it holds; puts each list that has items into $seen, by type and property, with its fault.
    function Find-List($From) {
        if ($null -eq $From -or -not $visited.Add($From)) { return }
        if ($From.GetType().Assembly -ne $engine) { return }
        foreach ($property in $From.GetType().GetProperties() | Where-Object { $_.GetIndexParameters().Count -eq 0 }) {
            $value = $property.GetValue($From)
            if ($value -isnot [string] -and $value -is [Collections.IEnumerable]) {
                if (@($value).Count) { $seen["$($From.GetType().Name).$($property.Name)"] = Get-Fault $value }
                foreach ($item in $value) { Find-List $item }
            }
            else { Find-List $value }
        }
    }

    function New-Named([string[]] $Names, [int] $Seed) {
        [GnnReRank.FeatureMatrix]::FromRows([float[][]] ($Names | ForEach-Object { $Seed += 7; , (1, ($Seed % 11), ($Seed % 5)) }), $null, $null, $Names, 'None')
    }
}

Describe 'The lists of the engine' {
    BeforeAll {
        Push-Location $TestDrive
        $images = 'query/0001_c1s1_000001_00.jpg', 'query/0002_c1s1_000002_00.jpg', 'bounding_box_test/-1_c1s1_000003_00.jpg',
            'bounding_box_test/0001_c2s1_000004_00.jpg', 'bounding_box_test/0002_c2s1_000005_00.jpg', 'bounding_box_test/0002_c3s1_000006_00.jpg'
        $images | ForEach-Object { $null = New-Item "market/$_" -Force }
        $market = Import-RetrievalDataset Market1501 market -Variant WithoutJunk -Features (New-Named ($images[1..5] + 'stray.jpg') 1)
    }

    AfterAll { Pop-Location }

    It 'of a data set are indexed' {
        $market.GalleryImages[1].Name | Should -Be bounding_box_test/0002_c2s1_000005_00.jpg
        $market.GalleryImages[0].Name | Should -Be bounding_box_test/0001_c2s1_000004_00.jpg
        $market.Warnings[0] | Should -BeOfType string
        $market.Warnings.Count | Should -BeGreaterThan 1
        "$($market.UnmatchedFeatures[0].Name)" | Should -Be $images[2]
    }

    It 'are arrays or read-only collections, each of a property that holds a list' {
        $visited = [Collections.Generic.HashSet[object]]::new([Collections.Generic.ReferenceEqualityComparer]::Instance)
        $seen = @{}
        Find-List $market

        # A benchmark with lists instead of labels, and its three setups.
        $landmarks = Get-RepositoryPath tests data datasets gnd_roxford5k.pkl
        $bare = Import-RetrievalDataset ROxford5k $landmarks
        $oxford = Import-RetrievalDataset ROxford5k $landmarks -Query (New-Named $bare.QueryImages.Name 1) -Gallery (New-Named $bare.GalleryImages.Name 2)
        $before, $after = ($oxford | Search-FeatureMatrix), ($oxford | Invoke-GnnReRank -K1 3 -K2 2)
        $comparisons = Compare-RetrievalAccuracy $before $after -GroundTruth $oxford
        $comparisons += Compare-RetrievalAccuracy $after $before -GroundTruth $oxford
        $oxford, $before, $after, $comparisons, ($after | Show-Ranking -GroundTruth $oxford) | ForEach-Object { $_ } | ForEach-Object { Find-List $_ }

        # What scripts give to the engine, and what it gives them.
        Set-Content zero.csv '1,2', '0,0'
        Find-List ([GnnReRank.FeatureFile]::Read("$PWD/zero.csv", [GnnReRank.FeatureReadOptions] @{ SkipInvalid = $true }))
        $numbers, $texts = [Collections.Generic.List[int]] (3, 4), [Collections.Generic.List[string]] ('a', 'b')
        $roles = [Collections.Generic.List[GnnReRank.FeatureRole]] ('Query', 'Gallery')
        Find-List ([GnnReRank.EvaluationSettings] @{ Ranks = $numbers })
        Find-List ([GnnReRank.FeatureReadOptions] @{ FeatureColumns = $texts; Sets = $roles; Columns = $numbers })
        Find-List ([GnnReRank.TuningSettings] @{ Methods = [Collections.Generic.List[GnnReRank.ReRankMethod]] ('Cosine', 'Gnn') })
        [GnnReRank.ReRankMethods]::All | ForEach-Object { Find-List $_ }
        $seenBy = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 2), (2, 1), (1, 3), (4, 1)), $null, [int[]] (1, 1, 2, 2), $null, 'None')
        Find-List (New-FeatureTransform $seenBy -CenterCamera -Pca 1)
        [GnnReRank.ReRankMethods]::All[1].Method | Should -Be Gnn
        Find-List ([GnnReRank.RankingMergeOptions] @{ Weights = [Collections.Generic.List[double]] (1, 2) })
        Find-List ([GnnReRank.RowSelection] @{ Indices = $numbers; Labels = [Collections.Generic.List[long]] (1, 2); Cameras = $numbers; Names = $texts })

        $seen.GetEnumerator() | Where-Object Value | ForEach-Object { "$($_.Key) $($_.Value)" } | Should -BeNullOrEmpty

        # Of an abstract or static type there is no object, and the cosine has no parameters to list.
        $lists = foreach ($type in $engine.GetExportedTypes() | Where-Object { -not $_.IsAbstract -and $_.Name -ne 'CosineSettings' }) {
            $type.GetProperties() | Where-Object { $_.PropertyType.IsGenericType -and [Collections.IEnumerable].IsAssignableFrom($_.PropertyType) -and
                -not [Collections.IDictionary].IsAssignableFrom($_.PropertyType) } |
                ForEach-Object { "$($type.Name).$($_.Name)" }
        }
        $lists.Count | Should -BeGreaterThan 30
        $lists | Where-Object { -not $seen.ContainsKey($_) } | Should -BeNullOrEmpty -Because 'each list has to be seen with an item'
    }

    It 'are so too where a method gives them: <_>' -ForEach @(
        '[GnnReRank.ReRankDevices]::GetAll()'
        '[GnnReRank.EvaluationProtocols]::GetNames()'
        "[GnnReRank.RetrievalDatasets]::VariantsOf('Market1501')"
        "[GnnReRank.GraphFile]::FilesOf('graph.npy')"
        "[GnnReRank.GraphFile]::FilesOf('graph.parquet')"
        '[GnnReRank.RetrievalEvaluator]::MeasureAll(($market.Query, $market.Gallery.WithRole("Gallery") | Search-FeatureMatrix))'
    ) {
        Get-Fault (& ([scriptblock]::Create("`$list = $_; , `$list"))) | Should -BeNullOrEmpty
    }
}
