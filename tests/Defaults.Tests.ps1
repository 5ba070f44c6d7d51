# What holds where a parameter is not given, by help; parameters by their other names; and values that completion offers.
BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $numbers = [int], [long], [double]
    $parameters = foreach ($command in Get-Command -Module GnnReRank) {
        # Those that a method brings are tested with the methods.
        foreach ($parameter in $command.Parameters.Values | Where-Object IsDynamic -NE $true | Where-Object Name -NotIn ([Management.Automation.Cmdlet]::CommonParameters + 'WhatIf', 'Confirm')) {
            $type = $parameter.ParameterType
            $element = [Nullable]::GetUnderlyingType($type) ?? $type.GetElementType() ?? $type
            @{
                Command   = $command.Name
                Name      = $parameter.Name
                Type      = $element
                Aliases   = $parameter.Aliases
                IsSwitch  = $parameter.SwitchParameter
                IsChoice  = $element.IsEnum
                IsNumber  = $element -in $numbers
                IsObject  = $element -eq [object] -or $element.Namespace -eq 'GnnReRank' -and -not $element.IsEnum
            }
        }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $helps = @{}
    function Get-ParameterHelp([string] $Command, [string] $Name) {
        $help = $helps[$Command] ??= Get-Help $Command -Full
        $help.parameters.parameter | Where-Object name -EQ $Name
    }

    # In a folder with a file of any beginning, and with variables to offer.
    Push-Location $TestDrive
    $null = 0..9 + 'a'..'z' + '-1' | ForEach-Object { New-Item "$_.file" }
    $global:offeredSets = , (1, 0), , (0, 1) | ForEach-Object { , $_ | ConvertTo-FeatureMatrix }
    $global:offeredRanking = Search-FeatureMatrix $offeredSets[0] $offeredSets[1]
    $global:offeredGraph = New-NeighborGraph $offeredSets[0] -WarningAction SilentlyContinue
    $global:offeredIndex = New-ReRankIndex $offeredSets[0] -Method Cosine
    $global:offeredTransform = New-FeatureTransform $offeredSets -Pca 1
    $global:offeredTruth = [GnnReRank.GroundTruth]::new([GnnReRank.QueryTruth[]] @(@{ Easy = [int[]] 0 }), 1)
    function Get-Completion($Typed) { @((TabExpansion2 $Typed $Typed.Length).CompletionMatches) }
}

AfterAll {
    Pop-Location
    Remove-Variable offered* -Scope Global
}

Describe 'The help of an optional parameter' {
    It 'says its default: <Command> -<Name>' -ForEach ($parameters | Where-Object { -not $_.IsSwitch }) {
        $help = Get-ParameterHelp $Command $Name
        $help.defaultValue | Should -Not -BeNullOrEmpty
        if ($help.required -eq 'false' -and -not ($IsChoice -and 'None' -in [Enum]::GetNames($Type))) { $help.defaultValue | Should -Not -Be None }
    }

    It 'says <Default> for <Command> -<Name>' -ForEach @(
        @{ Command = 'Compare-RetrievalAccuracy'; Name = 'Alpha'; Default = '0.05' }
        @{ Command = 'Compare-RetrievalAccuracy'; Name = 'Bootstrap'; Default = '1000' }
        @{ Command = 'Compare-RetrievalAccuracy'; Name = 'Top'; Default = '10' }
        @{ Command = 'Measure-RetrievalAccuracy'; Name = 'Bootstrap'; Default = '0' }
        @{ Command = 'Convert-FeatureMatrix'; Name = 'Shrinkage'; Default = '0.5' }
        @{ Command = 'Measure-RetrievalAccuracy'; Name = 'Seed'; Default = '0' }
        @{ Command = 'Show-Ranking'; Name = 'Top'; Default = '10' }
        @{ Command = 'Export-RankingReport'; Name = 'Top'; Default = '10' }
        @{ Command = 'Export-Ranking'; Name = 'Top'; Default = 'all' }
        @{ Command = 'Invoke-GnnReRank'; Name = 'ThrottleLimit'; Default = '0' }
        @{ Command = 'New-NeighborGraph'; Name = 'NeighborCount'; Default = '64' }
        @{ Command = 'Invoke-GnnReRank'; Name = 'PropagationCount'; Default = 'chosen with k1; where k1 is given, 7, or k1 if that is smaller' }
        @{ Command = 'ConvertTo-FeatureMatrix'; Name = 'Role'; Default = 'None' }
        @{ Command = 'New-ReRankIndex'; Name = 'Method'; Default = 'Diffusion' }
        @{ Command = 'Search-ReRankIndex'; Name = 'MinimumScore'; Default = 'none: rows of any score' }
    ) {
        (Get-ParameterHelp $Command $Name).defaultValue | Should -Be $Default
    }

    It 'calls required what a command cannot do without' {
        (Get-ParameterHelp Measure-RetrievalAccuracy InputObject).required | Should -Be true
        (Get-ParameterHelp Show-Ranking Before).required | Should -Be false
        'Index', 'Query', 'Top' | ForEach-Object { (Get-ParameterHelp Search-ReRankIndex $_).required } | Should -Be true, true, false
    }
}

Describe 'Get-Help -Parameter' {
    It 'finds <Command> -<Name> by its aliases' -ForEach ($parameters | Where-Object { $_.Aliases }) {
        foreach ($alias in $Aliases) {
            $help = Get-Help $Command -Parameter $alias
            $help.name | Should -Be $alias
            $help.description.Text | Should -BeLike "Alias of -$Name. *"
            $help.defaultValue | Should -Be (Get-ParameterHelp $Command $Name).defaultValue
        }
    }
}

Describe 'Completion of a number' {
    It 'offers numbers that are taken, and never files: <Command> -<Name>' -ForEach ($parameters | Where-Object { $_.IsNumber }) {
        foreach ($typed in '', '1', '3', '-1') {
            $found = Get-Completion "$Command -$Name $typed"
            $found.ResultType | Should -Not -Contain ProviderItem
            foreach ($result in $found | Where-Object ResultType -EQ ParameterValue) {
                { [Management.Automation.LanguagePrimitives]::ConvertTo($result.CompletionText, $Type) } | Should -Not -Throw
                $result.ToolTip | Should -Match '\w.*\.$'
            }
        }
    }

    It 'offers the default or a usual value: <_>' -ForEach 'Invoke-GnnReRank -LayerCount ', 'Search-FeatureMatrix -Top ', 'Measure-RetrievalAccuracy -Bootstrap ',
        'Compare-RetrievalAccuracy -Alpha ', 'Show-Ranking -Top ', 'Select-FeatureMatrix -First ', 'New-NeighborGraph -ThrottleLimit ' {
        @(Get-Completion $_).Count | Should -BeGreaterThan 0
    }
}

Describe 'Completion of an object' {
    It 'offers variables that hold one, and never files: <Command> -<Name>' -ForEach ($parameters | Where-Object { $_.IsObject -and $_.Type -notin [object] }) {
        $wanted = @{ FeatureMatrix = 'Sets'; Ranking = 'Ranking'; NeighborGraph = 'Graph'; FeatureTransform = 'Transform'; ReRankIndex = 'Index' }[$Type.Name]
        if ($wanted) {
            $found = Get-Completion "$Command -$Name "
            $found.ResultType | Should -Not -Contain ProviderItem
            $found.CompletionText | Should -Contain "`$offered$wanted"
            $found.CompletionText | Should -Not -Contain '$offeredTruth'
            (Get-Completion "$Command -$Name a").ResultType | Should -Not -Contain ProviderItem
        }
    }

    It 'offers <Variable> for <Typed>' -ForEach @(
        @{ Typed = 'Measure-RetrievalAccuracy -GroundTruth '; Variable = '$offeredTruth' }
        @{ Typed = 'Compare-RetrievalAccuracy -Reference '; Variable = '$offeredRanking' }
        @{ Typed = 'Compare-RetrievalAccuracy $offeredRanking '; Variable = '$offeredRanking' }
        @{ Typed = 'Measure-RetrievalAccuracy $off'; Variable = '$offeredRanking' }
    ) {
        (Get-Completion $Typed).CompletionText | Should -Contain $Variable
    }
}

Describe 'Completion of a choice' {
    # What the command says of each value that is offered, and of each that is not.
    It 'offers what is taken and nothing else: <Command> -<Name>' -ForEach @(
        @{ Command = 'Import-FeatureMatrix'; Name = 'Set'; Call = 'Import-FeatureMatrix -Example -First 1 -Set {0}' }
        @{ Command = 'Import-FeatureMatrix'; Name = 'Role'; Call = 'Import-FeatureMatrix one.npy -Role {0}' }
        @{ Command = 'Join-FeatureMatrix'; Name = 'Role'; Call = 'Join-FeatureMatrix (Import-FeatureMatrix one.npy) -Role {0}' }
        @{ Command = 'ConvertTo-FeatureMatrix'; Name = 'Role'; Call = ', (1, 2) | ConvertTo-FeatureMatrix -Role {0}' }
        @{ Command = 'Export-FeatureMatrix'; Name = 'Format'; Call = 'Import-FeatureMatrix one.npy | Export-FeatureMatrix {0}.out -Format {0} -Force -PassThru' }
        @{ Command = 'Export-Ranking'; Name = 'Format'; Call = '$r | Export-Ranking {0}.out -Format {0} -Force -PassThru' }
    ) {
        $one = [float[,]]::new(1, 2)
        $one[0, 0] = 1
        Write-Npy one.npy $one
        $type = (Get-Command $Command).Parameters[$Name].ParameterType
        $all = [Enum]::GetNames([Nullable]::GetUnderlyingType($type) ?? $type.GetElementType() ?? $type)
        $taken = $all | Where-Object {
            $result = Invoke-Apart ($Call -f $_) @{ r = $offeredRanking }
            -not $result.Errors -and $result.Output
        }
        $taken.Count | Should -BeGreaterThan 1
        (Get-Completion "$Command -$Name ").CompletionText | Sort-Object | Should -Be ($taken | Sort-Object)
        (Get-Help $Command -Full).syntax.syntaxItem[0].parameter.Where({ $_.name -eq $Name }).parameterValueGroup.parameterValue | Sort-Object | Should -Be ($taken | Sort-Object)
    }
}

Describe 'Import-FeatureMatrix -Example' {
    It 'gives the shipped sets' {
        $query, $gallery = Import-FeatureMatrix -Example
        $query.RowCount, $query.Role, $gallery.RowCount, $gallery.Role | Should -Be 300, 'Query', 1497, 'Gallery'
        $file = Import-FeatureMatrix (Get-RepositoryPath examples data digits-gallery.parquet)
        $gallery.GetRow(7) | Should -Be $file.GetRow(7)
        (Import-FeatureMatrix -Example -Set Gallery -Label 3 -First 2).Labels | Should -Be 3, 3
    }

    It 'is refused with files and roles: <_>' -ForEach @(
        '-Example x.npy', '-Example -Role Query', '-Example -LiteralPath x.npy', '-ExampleName Emoji x.npy', '-ExampleName Emoji -Role Query'
    ) {
        { Invoke-Expression "Import-FeatureMatrix $_" } | Should -Throw '*parameter*'
    }
}

Describe 'Import-FeatureMatrix -ExampleName' {
    It 'gives the digits as -Example does: <_>' -ForEach '-ExampleName Digits', '-Example -ExampleName digits' {
        (Invoke-Expression "Import-FeatureMatrix $_").RowCount | Should -Be 300, 1497
    }

    Context 'Emoji' {
        BeforeAll {
            $query, $gallery = Import-FeatureMatrix -ExampleName Emoji
            $pictures = Get-RepositoryPath examples data emoji pictures
        }

        It 'gives 290 emoji of six makers' {
            $query.RowCount, $query.Role, $gallery.RowCount, $gallery.Role | Should -Be 290, 'Query', 1255, 'Gallery'
            $query.Dimension, $gallery.Dimension | Should -Be 128, 128
            $query.IdentityCount, $gallery.IdentityCount | Should -Be 290, 290
            $query.CameraCount, $gallery.CameraCount | Should -Be 6, 6
            (Import-FeatureMatrix -ExampleName Emoji -Set Query -Name '*_sunflower.*').RowCount | Should -Be 1
        }

        # Each picture is that of its row: the folder is the maker, the name the emoji.
        It 'has the picture of each row, and no other' {
            $makers = 'emojione', 'fluent-3d', 'fluent-flat', 'google', 'noto-v1', 'twitter'
            $strange = foreach ($set in $query, $gallery) {
                for ($row = 0; $row -lt $set.RowCount; $row++) {
                    $pattern = "$($makers[$set.Cameras[$row]])/*_$($set.GetLabelText($row)).webp"
                    if ($set.Names[$row] -cnotlike $pattern) { $set.Names[$row] }
                }
            }

            $strange | Should -BeNullOrEmpty

            $files = Get-ChildItem $pictures -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($pictures, $_.FullName).Replace('\', '/') }
            $files | Sort-Object | Should -Be (@($query.Names) + $gallery.Names | Sort-Object)
        }

        It 'is small, and its pictures are shown in a report' {
            (Get-ChildItem (Split-Path $pictures) -Recurse -File | Measure-Object Length -Sum).Sum | Should -BeLessThan 3MB
            Search-FeatureMatrix $query $gallery |
                Export-RankingReport emoji.html -ImageRoot $pictures -Embed -MaxQueries 2 -Top 5 -WarningVariable warnings
            $warnings | Should -BeNullOrEmpty
            [regex]::Matches((Get-Content emoji.html -Raw), 'data:image/jpeg|"/9j/').Count | Should -BeGreaterThan 2
        }

        # What NumPy found in double precision, by the rule's own words, on the arrays that the files were made from.
        It 'has the cosine accuracy that another program found' {
            $accuracy = Search-FeatureMatrix $query $gallery | Measure-RetrievalAccuracy
            $accuracy.Protocol, $accuracy.ValidQueryCount | Should -Be 'Market1501', 290
            [Math]::Abs($accuracy.mAP - 0.44381962) | Should -BeLessThan 1e-4
            [Math]::Abs($accuracy.Rank1 - 0.67241379) | Should -BeLessThan 1e-6
            [Math]::Abs($accuracy.mINP - 0.20977295) | Should -BeLessThan 1e-4
        }
    }
}
