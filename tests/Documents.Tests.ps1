# What the README and the pages it links to claim: places that are there, commands and parameters that the module has.
BeforeDiscovery {
    $documents = 'README.md', 'CONTRIBUTING.md', 'docs/*.md', 'docs/architecture/*.md', 'docs/methods/*.md', 'docs/cmdlets/*.md', 'benchmarks/*.md' |
        ForEach-Object { Get-Item $PSScriptRoot/../$_ }
    $forContributors = 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md', 'docs/ALGORITHM.md', 'docs/architecture/*.md' |
        ForEach-Object { Get-Item $PSScriptRoot/../$_ }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $readme = Get-Content (Get-RepositoryPath README.md) -Raw
}

Describe 'The document <_.Name>' -ForEach $documents {
    BeforeAll { $text = Get-Content $_ -Raw }

    It 'links to what is there' {
        foreach ($link in [regex]::Matches($text, '\]\((?!https?:)([^)\s#]+)(#[^)\s]+)?\)')) {
            $target = Join-Path $_.Directory $link.Groups[1].Value
            $target | Should -Exist
            $heads = if ($link.Groups[2].Success) { (Get-Content $target) -like '#*' -replace '^#+ ' -replace '[^\w -]' -replace ' ', '-' -replace '^', '#' }
            if ($heads) { $heads | Should -Contain $link.Groups[2].Value }
        }
    }

    It 'names parameters that the commands have' {
        foreach ($block in [regex]::Matches($text, '(?s)```powershell\n(.*?)```')) {
            if ($block.Groups[1].Value.Contains('[<CommonParameters>]')) { continue }
            $problems = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($block.Groups[1].Value, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $command = Get-Command $call.GetCommandName() -Module GnnReRank -ErrorAction Ignore
                if (-not $command) { continue }

                # What a method brings is there once the method is named.
                $method = if ("$call" -match '-Method (\w+)') { $Matches[1] }
                if ($method) { $command = Get-Command $command.Name -ArgumentList '-Method', $method }
                foreach ($part in $call.CommandElements.Where({ $_ -is [Management.Automation.Language.CommandParameterAst] })) {
                    { $command.ResolveParameter($part.ParameterName) } | Should -Not -Throw -Because $part.Extent.Text
                }
            }
        }
    }
}

Describe 'The README' {
    It 'is read in five minutes' { ($readme -split "`n").Count | Should -BeLessOrEqual 120 }

    It 'names each cmdlet, with its page' {
        foreach ($command in Get-Command -Module GnnReRank) { $readme.Contains("[``$command``](docs/cmdlets/$command.md)") | Should -BeTrue -Because "it should name $command" }
    }
}

Describe 'The document for contributors <_.Name>' -ForEach $forContributors {
    BeforeAll { $lines = Get-Content $_ }

    It 'has lines of at most 120 characters' { $lines | Where-Object Length -GT 120 | Should -BeNullOrEmpty }
}

Describe 'The recipes of CONTRIBUTING' {
    # Whoever follows one looks for these: a file that was renamed or moved is named anew.
    It 'name files that are there' {
        $text = Get-Content (Get-RepositoryPath CONTRIBUTING.md) -Raw
        $named = [regex]::Matches($text, '`([\w./]+\.(cs|ps1|md|ps1xml|psd1|csproj|props|py|txt))`').ForEach({ $_.Groups[1].Value }) | Sort-Object -Unique
        $named.Count | Should -BeGreaterThan 40
        $files = Get-ChildItem (Get-RepositoryPath) -File
        $files += 'src', 'tests', 'docs', 'benchmarks', 'module' | ForEach-Object { Get-ChildItem (Get-RepositoryPath $_) -File -Recurse }
        $paths = ($files.FullName -notmatch '[\\/](bin|obj)[\\/]').Replace('\', '/')
        $named | Where-Object { -not ($paths -like "*/$_") } | Should -BeNullOrEmpty
    }
}
