BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 24 5 6 -Seed 2) (New-LabelledRows 90 5 6 -Seed 3)
    $query, $gallery = $sets = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $few = @{ Method = 'Gnn'; Budget = 4; Bootstrap = 200 }
    $trials = $sets | Find-ReRankParameter @few
}

AfterAll { Pop-Location }

Describe 'Find-ReRankParameter' {
    It 'gives the winner first, cosine among the others, best first' {
        $trials | Should -HaveCount 5
        $trials.IsBest | Should -Be $true, $false, $false, $false, $false
        @($trials.Method -eq 'Cosine') | Should -HaveCount 1
        $trials.Score | Should -Be ($trials.Score | Sort-Object -Descending)
        @($trials.Judged -ne $null) | Should -HaveCount 1
        $trials[0].Summary | Should -BeLike "$($trials[0].Settings): mAP * over 12 choosing queries; * over queries that chose nothing (95 %: *"
    }

    It 'gives the winner alone with -Best, and the same by name' {
        $best = Find-ReRankParameter $query $gallery @few -Best
        $best | Should -HaveCount 1
        $best.Summary | Should -Be $trials[0].Summary
    }

    It 'centres cameras for all methods alike, and the parameters found say so' {
        Write-NpzSets cameras.npz (New-LabelledRows 24 5 6 -Seed 2 -Cameras 3) (New-LabelledRows 90 5 6 -Seed 3 -Cameras 3)
        $seen = Import-FeatureMatrix cameras.npz -Set Query, Gallery
        $centred = $seen | Find-ReRankParameter @few -CenterCamera
        $before = $seen | Convert-FeatureMatrix -CenterCamera | Find-ReRankParameter @few
        $centred.Score | Should -Be $before.Score
        $centred.Settings.CenterCamera | Should -Not -Contain $false
        $centred[0].Parameters.CenterCamera | Should -BeTrue
        $parameters = $centred[0].Parameters
        ($seen | Invoke-ReRank @parameters).Settings | Should -Be $centred[0].Settings
        $before[0].Parameters.ContainsKey('CenterCamera') | Should -BeFalse

        # What can use cameras is tried with them where they are known.
        ($seen | Find-ReRankParameter -Method Diffusion -Budget 2).Settings.UseCameras | Should -Contain $true
        ($sets | Find-ReRankParameter -Method Diffusion -Budget 2).Settings.UseCameras | Should -Not -Contain $true
    }

    It 'gives parameters that Invoke-ReRank takes by splatting' {
        foreach ($trial in $trials) {
            $parameters = $trial.Parameters
            ($sets | Invoke-ReRank @parameters).Settings | Should -Be $trial.Settings
        }
    }

    It 'takes a labelled gallery alone: <_>' -ForEach '$gallery | Find-ReRankParameter @few', 'Find-ReRankParameter -Gallery $gallery @few',
        'Find-ReRankParameter $gallery @few', '$gallery.WithRole("None") | Find-ReRankParameter @few' {
        $found = Invoke-Expression $_
        $found | Should -HaveCount 5

        # Three of fifteen rows of each identity are queries; three identities choose.
        $found[0].QueryCount | Should -Be 9
    }

    It 'chooses by the figure asked for: <_>' -ForEach 'mAP', 'Rank1', 'mINP' {
        $best = $sets | Find-ReRankParameter @few -Metric $_ -Best
        $best.Metric | Should -Be $_
        $best.Judged | Should -BeGreaterThan 0
    }

    It 'tries other settings and identities with another seed' {
        $other = $sets | Find-ReRankParameter @few -Seed 5
        "$($other.Settings)" | Should -Not -Be "$($trials.Settings)"
    }

    It 'says who chooses and who judges with -Verbose, and shows progress' {
        $result = Invoke-Apart '$sets | Find-ReRankParameter -Method Gnn -Budget 4 -Verbose' @{ sets = $sets }
        $result.Verbose | Should -Contain '12 queries of 3 identities choose, 12 of 3 judge, by Label.'
        $result.Verbose -like 'Trying settings: 5 settings in 1 rounds, *' | Should -Not -BeNullOrEmpty
    }

    It 'goes through a file of Export-Clixml with its parameters' {
        $trials[0] | Export-Clixml best.xml
        $parameters = (Import-Clixml best.xml).Parameters
        ($sets | Invoke-ReRank @parameters).Settings | Should -Be $trials[0].Settings
    }

    It 'refuses <Given>: <Id>' -ForEach @(
        @{ Given = '$query | Find-ReRankParameter'; Id = 'QueryAndGalleryNeeded'; Says = '*one query and one gallery*' }
        @{ Given = 'Find-ReRankParameter $query'; Id = 'QueryAndGalleryNeeded'; Says = '*-Gallery is missing*' }
        @{ Given = '$gallery | Find-ReRankParameter -Budget 0'; Id = 'InvalidBudget'; Says = '*at least 1*' }
        @{ Given = '$gallery | Find-ReRankParameter -Bootstrap 3'; Id = 'BootstrapOutOfRange'; Says = '*100*' }
        @{ Given = '$gallery | Find-ReRankParameter -Protocol ROxford5k'; Id = 'LabelsNeeded'; Says = '*RevisitedOxfordParis*Market1501*' }
        @{ Given = ', (1, 2) | ConvertTo-FeatureMatrix | Find-ReRankParameter'; Id = 'LabelsNeeded'; Says = '*-LabelColumn*' }
        @{ Given = '$gallery | Select-FeatureMatrix -Label 2 | Find-ReRankParameter'; Id = 'TooFewIdentities'; Says = '1 identities*two*' }
    ) {
        $result = Invoke-Apart $Given @{ query = $query; gallery = $gallery }
        $result.Output | Should -BeNullOrEmpty
        $result.ErrorId | Should -Be $Id
        "$($result.Errors[0])" | Should -BeLike $Says
    }
}
