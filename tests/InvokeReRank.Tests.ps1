# Every method there is, by its name and its own parameters: what must hold of each, whichever are added.
BeforeDiscovery {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $all = [GnnReRank.ReRankMethods]::All
    $methods = foreach ($info in $all) {
        @{ Method = "$($info.Method)"; Info = $info; Other = $all | Where-Object { $_.Parameters.Name | Where-Object { $_ -notin $info.Parameters.Name } } | Select-Object -First 1 }
    }
    $parameters = foreach ($info in $all) { foreach ($parameter in $info.Parameters) { @{ Method = "$($info.Method)"; Info = $info; Name = $parameter.Name; Parameter = $parameter } } }
    $bounds = foreach ($each in $parameters) {
        foreach ($bound in @{ Value = $each.Parameter.Minimum; Step = -1 }, @{ Value = $each.Parameter.Maximum; Step = 1 }) {
            if ($each.Parameter.Type -in [int], [double] -and [double]::IsFinite($bound.Value)) { $each + @{ Wrong = $bound.Value + $bound.Step } }
        }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 12 17 6 -Seed 2 -Cameras 3) (New-LabelledRows 60 17 6 -Seed 3 -Cameras 3)
    $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    function Get-Lists($Ranking) { 0..($Ranking.QueryCount - 1) | ForEach-Object { "$($Ranking.GetIndices($_))", ($Ranking.GetScores($_).ForEach('ToString', 'R') -join ' ') } }
    function Get-Completion($Typed) { (TabExpansion2 $Typed $Typed.Length).CompletionMatches }
}

AfterAll { Pop-Location }

Describe 'Invoke-ReRank -Method <Method>' -ForEach $methods {
    BeforeAll { $full = $sets | Invoke-ReRank -Method $Method }

    It 'gives a full ranking without a parameter' {
        $full.Method | Should -Be $Info.Defaults.Method
        $full.QueryCount, $full.GalleryCount, $full.Depth, $full.IsFull | Should -Be 12, 60, 60, $true
        foreach ($query in 0..11) {
            $full.GetIndices($query) | Sort-Object | Should -Be (0..59)
            $scores = $full.GetScores($query)
            $scores | Where-Object { -not [float]::IsFinite($_) } | Should -BeNullOrEmpty
            $scores | Should -Be ($scores | Sort-Object -Descending)
        }
    }

    It 'gives with -Top the head of the full one' {
        $cut = $sets | Invoke-ReRank -Method $Method -Top 5
        $cut.Depth | Should -Be 5
        foreach ($query in 0..11) { $cut.GetIndices($query) | Should -Be $full.GetIndices($query)[0..4] }
    }

    It 'gives the same bits from any number of threads' {
        foreach ($threads in 1, 2) { Get-Lists ($sets | Invoke-ReRank -Method $Method -ThrottleLimit $threads) | Should -Be (Get-Lists $full) }
    }

    It 'gives the same lists from a graph' {
        $count = [Math]::Max($Method -eq 'Gnn' ? 64 : 1, $Info.Defaults.FitTo(72).CreateReRanker().NeighborCount)
        $ranking = $sets | New-NeighborGraph -NeighborCount $count | Invoke-ReRank -Method $Method
        foreach ($query in 0..11) { $ranking.GetIndices($query) | Should -Be $full.GetIndices($query) }
    }

    It 'tells its settings after Export-Clixml' {
        $full | Export-Clixml ranking.xml
        $read = Import-Clixml ranking.xml
        $read.Settings | Should -Be $full.Settings
        Get-Lists $read | Should -Be (Get-Lists $full)
    }

    It 'is told by tables and files of text' {
        ($full | Show-Screen | Get-Squeezed) -like "*$($full.Method)*" | Should -Not -BeNullOrEmpty
        $accuracy = $full | Measure-RetrievalAccuracy
        $accuracy.Method, "$($accuracy.Settings)" | Should -Be $full.Method, "$($full.Settings)"
        ($accuracy | Show-Screen | Get-Squeezed) -like "*$($full.Method)*" | Should -Not -BeNullOrEmpty
        ($accuracy | ConvertTo-Csv | ConvertFrom-Csv).Settings | Should -Be "$($full.Settings)"
    }

    It 'completes its own parameters, and no others' {
        $offered = (Get-Completion "Invoke-ReRank -Method $Method -").ListItemText
        foreach ($name in $Info.Parameters.Name) { $offered | Should -Contain $name }
        if ($Other) { $Other.Parameters.Name | Where-Object { $_ -notin $Info.Parameters.Name -and $_ -in $offered } | Should -BeNullOrEmpty }
    }

    It 'refuses what is a parameter of another method' {
        $name = $Other.Parameters.Name | Where-Object { $_ -notin $Info.Parameters.Name } | Select-Object -First 1
        $result = Invoke-Apart "`$sets | Invoke-ReRank -Method $Method -$name 3" @{ sets = $sets }
        $result.ErrorId | Should -Be NamedParameterNotFound
        "$($result.Errors[0])" | Should -BeLike "*$name*"
        $result.Output | Should -BeNullOrEmpty
    }

    It 'is told by help and on the page, with its source' {
        $page = [IO.File]::ReadAllText((Get-RepositoryPath docs cmdlets Invoke-ReRank.md))
        $section = ($page -split '(?m)^### ' | Where-Object { $_ -match "^$Method\r?\n" })
        $section | Should -HaveCount 1
        if ($Info.Source -ne '-') { $section.Replace('`', '').Replace('\', '').Contains($Info.Source) | Should -BeTrue }
        foreach ($name in $Info.Parameters.Name) { $section.Contains("| ``-$name`` |") | Should -BeTrue }
    }
}

Describe 'A method that uses cameras' {
    It 'asks for them where there are none: <_>' -ForEach 'CameraJaccard', 'Diffusion -UseCameras', 'GraphConvolution -CrossCamera' {
        $bare = $sets | ConvertTo-Bare
        { Invoke-Expression "`$bare | Invoke-ReRank -Method $_" } | Should -Throw -ErrorId 'CamerasNeeded,*'
    }
}

Describe 'The parameter <Name> of <Method>' -ForEach $parameters {
    It 'is explained by help under each of its names' {
        foreach ($known in @($Name) + @((Get-Command Invoke-ReRank -ArgumentList '-Method', $Method).Parameters[$Name].Aliases)) {
            $texts = @((Get-Help Invoke-ReRank -Parameter $known).description.Text)
            $text = @($texts -like "*With -Method ${Method}: *")
            $text | Should -HaveCount 1
            ($text[0] -split "Method ${Method}: ")[1].Length | Should -BeGreaterThan 20
            $text[0].Trim() | Should -BeLike '*Default: ?*.'
        }
    }

    It 'completes with values that are taken' {
        $found = @(Get-Completion "Invoke-ReRank -Method $Method -$Name ")
        $found.ResultType | Should -Not -Contain ProviderItem
        foreach ($result in $found | Where-Object ResultType -EQ ParameterValue) {
            { [Management.Automation.LanguagePrimitives]::ConvertTo($result.CompletionText, $Parameter.Type) } | Should -Not -Throw
        }
    }
}

Describe 'A value out of range' {
    It 'is refused before any work: -Method <Method> -<Name> <Wrong>' -ForEach $bounds {
        $result = Invoke-Apart "`$sets | Invoke-ReRank -Method $Method -$Name $Wrong -Verbose" @{ sets = $sets }
        $result.ErrorId | Should -BeLike Invalid*
        "$($result.Errors[0])" | Should -BeLike "*$Wrong*"
        $result.Errors[0].CategoryInfo.Category | Should -Be InvalidArgument
        $result.Output | Should -BeNullOrEmpty
        $result.Verbose | Should -BeNullOrEmpty
    }
}

Describe 'Parameters' {
    It 'reach the settings by both names, and are lowered with a warning where there are fewer rows' {
        "$(($sets | Invoke-ReRank -Method Gnn -NeighborCount 9 -K2 3 -Layers 1 -CosineWeight 0.25).Settings)" |
            Should -Be 'GNN Paper k1=9 k2=3 layers=1 alpha=2 lambda=0.25'
        $ranking = $sets | Invoke-ReRank -Method Gnn -K1 100 -WarningVariable warnings
        "$warnings" | Should -BeLike 'NeighborCount is 100*72 rows in all: 72 is used.'
        $ranking.Settings.K1 | Should -Be 72
    }

    It 'of all methods survive a job' {
        $initialization = [scriptblock]::Create("Import-Module '$(Get-RepositoryPath GnnReRank.psd1)'")
        $made = Start-Job -InitializationScript $initialization {
            foreach ($info in [GnnReRank.ReRankMethods]::All) { $using:sets | Invoke-ReRank -Method "$($info.Method)" -WarningAction SilentlyContinue }
        } | Receive-Job -Wait -AutoRemoveJob
        $here = [GnnReRank.ReRankMethods]::All | ForEach-Object { $sets | Invoke-ReRank -Method "$($_.Method)" }
        $made.Settings | Should -Be $here.Settings
        $made | ForEach-Object { Get-Lists $_ } | Should -Be ($here | ForEach-Object { Get-Lists $_ })
    }
}

Describe '-Method' {
    It 'completes with a line on each: <_>' -ForEach 'Invoke-ReRank -Method ', 'Find-ReRankParameter -Method ', 'Compare-ReRankMethod -Method ', 'Find-ReRankParameter -Method Cosine, ' {
        $found = Get-Completion $_
        $found.CompletionText | Should -Be ([GnnReRank.ReRankMethods]::All.Method)
        foreach ($each in $found) {
            $info = [GnnReRank.ReRankMethods]::Of([GnnReRank.ReRankMethod] $each.CompletionText)
            $each.ToolTip | Should -Be "$($info.Description) ($($info.Source))"
        }
    }

    It 'takes <_>' -ForEach 'gnn', 'GNN', 'G-N-N' {
        ($sets | Invoke-ReRank -Method $_ -K1 5 -Top 1).Method | Should -Be GNN
    }

    It 'names all methods where one is unknown: <Script>' -ForEach @(
        @{ Script = '$sets | Invoke-ReRank -Method Gnu' }
        @{ Script = '$sets | Find-ReRankParameter -Method Cosine, Gnu' }
        @{ Script = '$sets | Compare-ReRankMethod -Method Gnu' }
    ) {
        $result = Invoke-Apart $Script @{ sets = $sets }
        $result.Output | Should -BeNullOrEmpty
        "$($result.Errors[0])" | Should -BeLike "*'Gnu' is no method: use Cosine, Gnn*"
    }
}
