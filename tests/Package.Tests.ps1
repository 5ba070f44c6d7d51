# What build.ps1 -Task Pack leaves, and its way through a repository into a user's folder and out again.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    $version = (Import-PowerShellDataFile (Get-RepositoryPath GnnReRank.psd1)).ModuleVersion
    $package = Get-RepositoryPath output GnnReRank $version
    $archive = Get-RepositoryPath output "GnnReRank.$version.nupkg"

    # What is built, since building again would replace files that these tests have loaded.
    $run = Invoke-Pwsh -File (Get-RepositoryPath build.ps1) -Task Pack -NoBuild
    if ($run.ExitCode -ne 0) { throw "$($run.Output)`n$($run.Error)" }
    $files = Get-ChildItem $package -File -Recurse | ForEach-Object { [IO.Path]::GetRelativePath($package, $_.FullName).Replace('\', '/') }
}

Describe 'The package' {
    It 'passes Test-ModuleManifest without a word' {
        (Test-ModuleManifest (Join-Path $package GnnReRank.psd1) -WarningVariable warnings -ErrorAction Stop).Version | Should -Be $version
        $warnings | Should -BeNullOrEmpty
    }

    It 'says what is new, and names no address that is not there' {
        $data = (Test-ModuleManifest (Join-Path $package GnnReRank.psd1)).PrivateData.PSData
        $data.ReleaseNotes | Should -BeLike '*CHANGELOG.md*'
        Join-Path $package CHANGELOG.md | Should -FileContentMatchExactly "## $([regex]::Escape($version))"
        $data.Keys | Should -Not -BeLike '*Uri'
    }

    It 'has native libraries for three platforms and no others' {
        $platforms = Get-ChildItem (Join-Path $package module lib runtimes)
        $platforms.Name | Sort-Object | Should -Be linux-x64, osx-arm64, win-x64
        foreach ($platform in $platforms) { Get-ChildItem $platform -File -Recurse | Should -Not -BeNullOrEmpty }
    }

    It 'has what a user needs and nothing of the build' {
        foreach ($file in 'GnnReRank.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'README.md', 'CHANGELOG.md', 'en-US/about_GnnReRank.help.txt') {
            $files | Should -Contain $file
        }
        $files | Where-Object { $_ -match '\.pdb$|\.cs$|\.csproj$|/obj/|\.onnx$|System\.Management\.Automation\.dll$' } | Should -BeNullOrEmpty
    }

    It 'is the same in the file for repositories' {
        $zip = [IO.Compression.ZipFile]::OpenRead($archive)
        try { $entries = $zip.Entries.FullName }
        finally { $zip.Dispose() }
        $files | Where-Object { $_ -notin $entries } | Should -BeNullOrEmpty
    }

    It 'has each library of others in the notices with its version' {
        $library = Join-Path $package module lib
        $packages = (Get-Content (Join-Path $library GnnReRank.Worker.deps.json) -Raw | ConvertFrom-Json -AsHashtable).libraries.Keys
        $notices = Get-Content (Join-Path $package THIRD-PARTY-NOTICES.md)
        $others = (Get-ChildItem $library -Filter *.dll).BaseName -notlike 'GnnReRank*'
        $others | Should -Not -BeNullOrEmpty
        foreach ($name in $others) {
            $line = @($notices -like "| $name.dll*")
            $line | Should -HaveCount 1 -Because "the package has $name.dll"
            $cells = $line[0].Split('|', [StringSplitOptions]::TrimEntries)
            $packages | Should -Contain "$($cells[2])/$($cells[3])"
        }
    }
}

Describe 'A module published <From>' -Skip:$IsWindows -ForEach @(
    @{ From = 'as a folder'; Parameter = 'Path' }
    @{ From = 'as a file'; Parameter = 'NupkgPath' }
) {
    BeforeAll {
        # PowerShell keeps the user's modules and the list of repositories under these, so the user's own are not touched. Windows
        # does not ask the environment for these folders.
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive $Parameter)).FullName
        $environment = @{ HOME = $place; XDG_DATA_HOME = ''; XDG_CONFIG_HOME = ''; XDG_CACHE_HOME = ''; PSModulePath = '' }
        $repository = (New-Item -ItemType Directory (Join-Path $place repository)).FullName
        $source = @{ Path = $package; NupkgPath = $archive }[$Parameter]
        $name = "GnnReRankTest$PID"
        Push-Location (New-Item -ItemType Directory (Join-Path $place elsewhere))
    }

    AfterAll { Pop-Location }

    It 'is installed, loads by the name of a command, explains itself, and is removed' {
        $installed = Invoke-Pwsh -Environment $environment -Command @"
            `$ErrorActionPreference = 'Stop'
            Register-PSResourceRepository $name -Uri '$repository' -Trusted
            try {
                Publish-PSResource -$Parameter '$source' -Repository $name
                Install-PSResource GnnReRank -Repository $name -Scope CurrentUser
            }
            finally { Unregister-PSResourceRepository $name }
            (Get-PSResource GnnReRank).Version.ToString()
            (Get-PSResourceRepository).Name -contains '$name'
"@
        $installed.Error | Should -BeNullOrEmpty
        $installed.Output -split "`n" | Should -Be $version, False

        try {
            $used = Invoke-Pwsh -Environment $environment -Command @"
                (Import-FeatureMatrix '$(Get-RepositoryPath examples data digits-query.parquet)').RowCount
                `$emoji = (Import-FeatureMatrix -ExampleName Emoji)[1]
                Test-Path (Join-Path (Split-Path `$emoji.Source) pictures `$emoji.Names[-1])
                (Get-Module GnnReRank).ModuleBase
                (Get-Help Import-FeatureMatrix).Synopsis
                (Get-Help about_GnnReRank | Out-String) -match 'SHORT DESCRIPTION'
"@
        }
        finally {
            $removed = Invoke-Pwsh -Environment $environment -Command @'
                Uninstall-PSResource GnnReRank -Scope CurrentUser
                Get-Command Import-FeatureMatrix -ErrorAction Ignore
                Get-Module GnnReRank -ListAvailable
'@
        }
        $used.Error | Should -BeNullOrEmpty
        $rows, $hasPicture, $base, $synopsis, $about = $used.Output -split "`n"
        $rows, $hasPicture | Should -Be 300, True
        $base | Should -BeLike "$place/*/GnnReRank/$version"
        $synopsis | Should -BeLike 'Reads image features*'
        $about | Should -Be True
        $removed.Error | Should -BeNullOrEmpty
        $removed.Output | Should -BeNullOrEmpty
    }
}
