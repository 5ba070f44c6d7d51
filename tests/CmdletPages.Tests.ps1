# The pages under docs/cmdlets are what the documentation in the code says now. Where a test here fails: ./build.ps1 -Task Docs
BeforeDiscovery { $pages = @((Import-PowerShellDataFile $PSScriptRoot/../GnnReRank.psd1).CmdletsToExport) + 'README' }

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $folder = Get-RepositoryPath docs cmdlets
    $comments = Get-ChildItem (Get-RepositoryPath src GnnReRank bin) -Recurse -Filter GnnReRank.xml | Sort-Object LastWriteTime | Select-Object -Last 1
    $help = Get-ChildItem (Get-RepositoryPath src GnnReRank.Help bin $comments.Directory.Parent.Name) -Recurse -Filter GnnReRank.Help.dll
    $made = dotnet $help.FullName (Get-RepositoryPath GnnReRank.psd1) $comments.FullName "$TestDrive/cmdlets" 2>&1
}

Describe 'The pages of the cmdlets' {
    It 'are all there, and no others' {
        $made | Should -BeNullOrEmpty
        (Get-ChildItem $folder).BaseName | Sort-Object | Should -Be ((Get-ChildItem $TestDrive/cmdlets).BaseName | Sort-Object)
        (Get-ChildItem $folder).Count | Should -Be ((Get-Command -Module GnnReRank).Count + 1)
    }

    It 'say what the code says: <_>' -ForEach $pages {
        $new = [IO.File]::ReadAllText("$TestDrive/cmdlets/$_.md")
        $new | Should -Not -Match "`r"
        [IO.File]::ReadAllText((Join-Path $folder "$_.md")).ReplaceLineEndings("`n") | Should -BeExactly $new -Because 'build.ps1 -Task Docs writes it anew'
    }

    It 'leave untouched what is up to date' {
        $old = Get-Item $TestDrive/cmdlets/README.md
        $old.LastWriteTimeUtc = [DateTime]::new(2001, 2, 3)
        dotnet $help.FullName (Get-RepositoryPath GnnReRank.psd1) $comments.FullName "$TestDrive/cmdlets"
        (Get-Item $old).LastWriteTimeUtc.Year | Should -Be 2001
    }
}

Describe 'The page of <_>' -ForEach ($pages -ne 'README') {
    BeforeAll { $page = [IO.File]::ReadAllText((Join-Path $folder "$_.md")); $command = Get-Command $_ }

    # What PowerShell itself says, taken another way.
    It 'has each parameter with its type and aliases, each set, and each example' {
        $own = $command.Parameters.Values | Where-Object { $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters -and -not $_.IsDynamic }
        [regex]::Matches($page, '(?m)^### -(\w+)$').ForEach({ $_.Groups[1].Value }) | Should -Be @($own.Name | Sort-Object)
        foreach ($parameter in $own) {
            $heads, $values = ($page -split "(?m)^### -$($parameter.Name)$")[1].Split("`n") -match '^\| [^-]' | Select-Object -First 2 | ForEach-Object { , $_.Trim('| ').Split(' | ') }
            $type = $values[$heads.IndexOf('Type')].Trim('`') -as [type]
            $type | Should -Be ([Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType)
            foreach ($alias in $parameter.Aliases) { $values[$heads.IndexOf('Aliases')] | Should -Match "``-$alias``" }
        }

        $help = Get-Help $_ -Full
        foreach ($example in $help.examples.example) { $page.Contains($example.code) | Should -BeTrue }
        [regex]::Matches($page, '(?m)^### Example \d+: ').Count | Should -Be @($help.examples.example).Count
        [regex]::Matches($page, "(?m)^``````powershell\n$_ ").Count | Should -BeGreaterOrEqual $command.ParameterSets.Count
    }
}
