# Long values on a screen of 80 columns: lines fit, words stay whole, and what is left out of a name is marked.
BeforeDiscovery {
    $shown = @(
        @{ Type = 'FeatureMatrix'; Script = '$query.WithRole("Gallery"), $query' }
        @{ Type = 'FeatureTransform'; Script = '$query, $gallery | New-FeatureTransform -CenterCamera -Pca 12 -Whiten -Shrinkage 0.1234 -NoNormalize' }
        @{ Type = 'NeighborGraph'; Script = '$graph' }
        @{ Type = 'ReRankIndex'; Script = 'New-ReRankIndex $gallery -Method Gnn -K1 60 -K2 10 -Layers 3 -Alpha 1.25 -Lambda 0.3' }
        @{ Type = 'ReRankClusterJob'; Script = 'New-Shown ReRankClusterJob $jobValues' }
        @{ Type = 'ClusterJobStatus'; Script = '$jobStatus' }
        @{ Type = 'ClusterStageStatus'; Script = '$jobStages' }
        @{ Type = 'ClusterJobFailure'; Script = '$jobFailure' }
        @{ Type = 'Ranking'; Script = '$ranking' }
        @{ Type = 'RetrievalAccuracy'; Script = '$ranking | Measure-RetrievalAccuracy -Bootstrap 200 -Divide All -ApKind Uninterpolated' }
        @{ Type = 'RetrievalAccuracy#RevisitedOxfordParis'; Script = '$ranking | Measure-RetrievalAccuracy -Protocol RevisitedOxfordParis -GroundTruth $truth' }
        @{ Type = 'RetrievalAccuracy#LeaveOneOut'; Script = 'Invoke-GnnReRank $gallery $gallery @settings | Measure-RetrievalAccuracy -Protocol LeaveOneOut' }
        @{ Type = 'RetrievalAccuracy#University1652'; Script = '$ranking | Measure-RetrievalAccuracy -Protocol University1652' }
        @{ Type = 'QueryAccuracy'; Script = '($ranking | Measure-RetrievalAccuracy).PerQuery' }
        @{ Type = 'RankingEntry'; Script = '$ranking | Expand-Ranking -Top 3' }
        @{ Type = 'RetrievalComparison'; Script = 'Compare-RetrievalAccuracy $other $ranking' }
        @{ Type = 'QueryDifference'; Script = '(Compare-RetrievalAccuracy $other $ranking).Queries' }
        @{ Type = 'ParameterTrial'; Script = '$query, $gallery | Find-ReRankParameter -Budget 4' }
        @{ Type = 'MethodResult'; Script = '$query, $gallery | Compare-ReRankMethod -Method $ranking.Settings, ([GnnReRank.GnnReRankSettings] @{ K1 = 3; K2 = 5 })' }
        @{ Type = 'RankedQuery'; Script = '$ranking | Show-Ranking -Before $other' }
        @{ Type = 'RankedImage'; Script = '($ranking | Show-Ranking -Before $other).Images' }
        @{ Type = 'ReRankDevice'; Script = '$device' }
        @{ Type = 'RetrievalDataset'; Script = '$set' }
        @{ Type = 'DatasetImage'; Script = '$image' }
        @{ Type = 'UnmatchedImage'; Script = 'New-Shown UnmatchedImage @{ Set = "Gallery"; Image = $image }' }
        @{ Type = 'UnmatchedFeature'; Script = 'New-Shown UnmatchedFeature @{ Set = "Gallery"; Row = 1234567890; Name = $image.Name }' }
    )
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'

    # An object of any values that is shown as one of the module's.
    function New-Shown([string] $Type, [hashtable] $Values) {
        $made = [pscustomobject] $Values
        $made.PSTypeNames.Insert(0, "GnnReRank.$Type")
        $made
    }

    # Rows with names of fifty letters and labels of nineteen digits.
    function New-NamedRows([int] $Rows, [int] $Seed, [string] $Role) {
        $made = New-LabelledRows $Rows 17 6 -Seed $Seed -Cameras 3
        $labels = [long[]] ($made.Labels | ForEach-Object { [long]::MaxValue - $_ })
        $names = [string[]] (0..($Rows - 1) | ForEach-Object { ('a-folder/' * 3) + ('{0:D4}_c1s1_{0:D6}_00.jpg' -f $_) })
        $values = [float[][]] (0..($Rows - 1) | ForEach-Object { $row = $_; , [float[]] (0..16 | ForEach-Object { $made.Values[$row, $_] }) })
        [GnnReRank.FeatureMatrix]::FromRows($values, $labels, $made.Cameras, $names).WithRole($Role)
    }

    Push-Location $TestDrive
    $settings = @{ Variant = 'Reference'; K1 = 60; K2 = 10; Lambda = 0.3 }
    New-NamedRows 12 2 Query | Export-FeatureMatrix ('a file with a name of many words ' * 3 + '.parquet')
    $query = Import-FeatureMatrix *.parquet
    $gallery = New-NamedRows 80 3 Gallery
    $graph = $query, $gallery | New-NeighborGraph -NeighborCount 60
    $ranking = $graph | Invoke-GnnReRank @settings
    $other = $graph | Invoke-GnnReRank -Variant Paper -K1 59 -K2 11 -Layers 3 -Alpha 1.25
    $lists = 0..11 | ForEach-Object { [GnnReRank.QueryTruth] @{ Easy = [int[]] $_; Hard = [int[]] ($_ + 12) } }
    $truth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] $lists, 80)
    $image = New-Shown DatasetImage @{ Name = $gallery.Names[0]; Label = [int]::MaxValue; Camera = 123456 }
    $device = New-Shown ReRankDevice @{
        Id = 'OpenCL:10'; Name = 'Advanced Graphics Processor of Many Units, Revision 7'; MemoryBytes = 1023GB; Driver = 'Some Driver 1.2.3'
        Capability = 'float32 and float16, 640 units'; IsUsable = $false; Reason = 'the driver is too old for what is asked of it: update it'
    }
    $set = New-Shown RetrievalDataset @{
        Kind = 'StanfordOnlineProducts'; Variant = 'Full'; Protocol = 'LeaveOneOut'; Path = '/somewhere'; GroundTruth = $null; Query = $query; Gallery = $gallery
        QueryImages = @(0) * 60502; GalleryImages = @(0) * 60502; UnmatchedImages = @(0) * 60502; UnmatchedFeatures = @(); Warnings = @()
    }
    $jobStages = [GnnReRank.ClusterStageStatus[]] @(@{
            Stage = 'propagation-1'; Items = 1234567; Done = 123456; Failed = 12345; Tasks = 10000; MemoryBytes = 1023.9GB; ScratchBytes = 1023.9TB
            ReadBytes = 1023.9PB; EstimatedTime = '999.0:0:0'; Elapsed = '99.0:0:0'; ProcessorTime = '999.0:0:0'; PeakMemoryBytes = 1023.9GB })
    $jobFailure = [GnnReRank.ClusterJobFailure]::new(
        'propagation-1', 1234567, 1234, $false, "The disk of '/scratch' is full. $('Free some of it. ' * 20)", '/scratch/a.job/logs/propagation-1-1234567.log')
    $jobValues = @{
        Path = '/scratch/' + 'some-folder/' * 4 + 'a.job'; Id = 'c4502aeafa22'; Method = "$($other.Settings)"; QueryCount = 99999999; GalleryCount = 2147483647
        Dimension = 2048; ShardCount = 2148; Top = 1000; ThreadsPerTask = 1024; MemoryPerTask = 1023.9GB; NeighborCount = 100; Recall = 0.9999; EstimatedTime = [timespan] '999.0:0:0'; ScratchBytes = 1023.9TB; Scratch = 1023.9TB; Stages = $jobStages; Notes = @('It is large, and that is worth a word. ' * 5)
    }
    $jobStatus = [GnnReRank.ClusterJobStatus] @{
        Path = '/scratch/some-folder/another-folder/of-some-length/a.job'; Method = "$($other.Settings)"; State = 'Completed'; Stages = $jobStages
        TimeLeft = '99.0:0:0'; Failures = [GnnReRank.ClusterJobFailure[]] ($jobFailure, $jobFailure); SlurmJobs = [string[]] (1..20); Note = 'Slurm lets it wait. ' * 9
    }
    [xml] $views = Get-Content (Get-RepositoryPath module GnnReRank.Format.ps1xml) -Raw

    # Languages whose words PowerShell does not know break anywhere.
    $culture = [cultureinfo]::CurrentUICulture
    [cultureinfo]::CurrentUICulture = [cultureinfo]::InvariantCulture
}

AfterAll {
    [cultureinfo]::CurrentUICulture = $culture
    Pop-Location
}

Describe 'The views' {
    It 'are all shown here' {
        $views.SelectNodes('//View/ViewSelectedBy/TypeName').InnerText -replace '^GnnReRank\.' | Sort-Object -Unique | Should -Be (@($shown.Type) | Sort-Object)
    } -ForEach @{ shown = $shown }
}

Describe 'The <Form> of <Type>' -ForEach ($shown | ForEach-Object { @{ Form = 'Format-Table' } + $_; @{ Form = 'Format-List' } + $_; @{ Form = 'Out-Default' } + $_ }) {
    It 'fits 80 columns, and no word is cut' {
        $objects = Invoke-Expression $Script
        $formatted = if ($Form -eq 'Out-Default') { $objects } else { $objects | & $Form }
        $lines = @($formatted | Show-Screen)
        $wide = @($formatted | Show-Screen -Width 500)
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $words = [Collections.Generic.HashSet[string]]::new([string[]] (-split "$wide"))
        -split "$lines" | Where-Object { -not $words.Contains($_) -and -not $_.Contains([char] 0x2026) } | Should -BeNullOrEmpty
    }
}

Describe 'A method' {
    It 'is told to its end: <_>' -ForEach '$ranking', '$ranking | Measure-RetrievalAccuracy', 'Compare-RetrievalAccuracy $other $ranking' {
        $told = (-split (Invoke-Expression $_ | Show-Screen | Out-String)) -join ' '
        foreach ($word in 'Reference', 'k1=60', 'k2=10', 'L=2', 'alpha=2', 'lambda=0.3') { $told | Should -Match "(^| )$([regex]::Escape($word))( |$)" }
    }
}

Describe 'A list that begins with junk' {
    # The first five images are of the query's own camera, which the protocol takes out.
    It 'goes on to the first image that is not, and says what lies between: -Top <Top>' -ForEach @(
        @{ Top = 2; Expected = '1 ~ junk', '2 ~ junk', '... 3 more of junk', '6 + good' }
        @{ Top = 4; Expected = '1 ~ junk', '2 ~ junk', '3 ~ junk', '4 ~ junk', '... 1 more of junk', '6 + good' }
        @{ Top = 5; Expected = '1 ~ junk', '2 ~ junk', '3 ~ junk', '4 ~ junk', '5 ~ junk', '6 + good' }
        @{ Top = 7; Expected = '1 ~ junk', '2 ~ junk', '3 ~ junk', '4 ~ junk', '5 ~ junk', '6 + good', '7 x wrong' }
    ) {
        $columns = @{ Property = 'E'; Label = 'Id'; Camera = 'Cam' }
        $one = @{ E = 1, 0; Id = 1; Cam = 1 } | ConvertTo-FeatureMatrix @columns -Role Query
        $many = 1..7 | ForEach-Object { @{ E = 9, $_; Id = $_ -eq 7 ? 2 : 1; Cam = $_ -gt 5 ? 2 : 1 } } | ConvertTo-FeatureMatrix @columns -Role Gallery
        $lines = Search-FeatureMatrix $one $many | Show-Ranking -Top $Top | Show-Screen | Get-Squeezed | Where-Object Length | Select-Object -Skip 3
        $lines -replace '^(\d+) \S+ (. \w+) .*', '$1 $2' | Should -Be $Expected
    }
}

Describe 'A long name' {
    It 'keeps its end, from a folder on where one fits: <Width>' -ForEach @(
        @{ Width = 30; Expected = '…/0012_c1.jpg' }
        @{ Width = 13; Expected = '…/0012_c1.jpg' }
        @{ Width = 12; Expected = '…0012_c1.jpg' }
        @{ Width = 8; Expected = '…_c1.jpg' }
        @{ Width = 38; Expected = '…/folders-of-some-length/0012_c1.jpg' }
        @{ Width = 99; Expected = 'many/folders-of-some-length/0012_c1.jpg' }
    ) {
        [GnnReRank.Formatting.ViewText]::Tail('many/folders-of-some-length/0012_c1.jpg', $Width, $null) | Should -Be $Expected
    }
}
