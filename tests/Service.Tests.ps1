# The service of examples/, which is no part of the module: built here, where its package can be fetched.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Push-Location $TestDrive
    $project = Get-RepositoryPath examples service

    # On the engine as it was built already.
    $build = dotnet build $project -c Release --nologo -v quiet -p:BuildProjectReferences=false -p:RunAnalyzers=false 2>&1 | Out-String
    $isBuilt = $LASTEXITCODE -eq 0
}

AfterAll { Pop-Location }

Describe 'The service' {
    It 'shows the lists of a store re-ranked, and opens what it kept' {
        if ($build -match 'NU1101|NU1102|NU1301') { Set-ItResult -Skipped -Because 'the package of examples/service cannot be fetched' }
        $isBuilt | Should -BeTrue -Because $build
        $program = Get-ChildItem $project/bin/Release -Recurse -Filter ReRankService.dll | Select-Object -First 1
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
        Import-Subject
        $ranking = Import-FeatureMatrix -Example | Search-FeatureMatrix -Top 10
        $labels = @($ranking.Gallery.Labels)
        $right = 0
        foreach ($query in 0..299) { $right += @($labels[$ranking.GetIndices($query)] -eq $ranking.Query.Labels[$query]).Count }
        $before | Should -Be ('{0:F1}' -f ($right / 30))
        (Get-ChildItem).Name | Should -Be digits.rerank
    }
}
