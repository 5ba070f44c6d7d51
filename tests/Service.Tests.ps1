# The service of examples/, which the build makes with everything else.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $program = Get-ChildItem (Get-RepositoryPath examples service bin) -Recurse -Filter ReRankService.dll | Sort-Object LastWriteTime | Select-Object -Last 1
}

AfterAll { Pop-Location }

Describe 'The service' {
    It 'shows the lists of a store re-ranked, and opens what it kept' {
        foreach ($began in 'Built', 'Opened') {
            $said = dotnet $program.FullName
            $LASTEXITCODE | Should -Be 0
            $said[0] | Should -BeLike "${began}: Diffusion * index of 1,497 gallery rows x 64"
            $said -match '^ +\d( +(\d ){9}\d){2}$' | Should -HaveCount 5
            $before, $after = [regex]::Matches($said[7], '\d+\.\d').Value
            [double] $after | Should -BeGreaterThan ([double] $before)
            $said[8, 9] | Should -Be 'After adding one: late is first of 1,498.', 'After removing it: 1,497 rows, version 2.'
        }

        # The share is what the module's own commands give: the first ten by cosine.
        $ranking = Import-FeatureMatrix -Example | Search-FeatureMatrix -Top 10
        $labels = @($ranking.Gallery.Labels)
        $right = 0
        foreach ($query in 0..299) { $right += @($labels[$ranking.GetIndices($query)] -eq $ranking.Query.Labels[$query]).Count }
        $before | Should -Be ('{0:F1}' -f ($right / 30))
        (Get-ChildItem).Name | Should -Be digits.rerank
    }
}
