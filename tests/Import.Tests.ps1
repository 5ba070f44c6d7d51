# What Import-Module brings into a session, and what it keeps out.
BeforeDiscovery {
    $dependencies = 'ILGPU.Context', 'MathNet.Numerics.Constants', 'ParquetSharp.ParquetFileReader', 'Apache.Arrow.RecordBatch', 'SixLabors.ImageSharp.Image'
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $manifest = Get-RepositoryPath GnnReRank.psd1
    $data = Import-PowerShellDataFile $manifest
    $query = Get-RepositoryPath examples data digits-query.parquet

    # Load context and name of each assembly of a fresh process after the import and a script.
    function Get-Loaded([string] $Script) {
        $run = Invoke-Pwsh -Command "Import-Module '$manifest'; $Script; foreach (`$context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
            foreach (`$assembly in `$context.Assemblies) { `"`$(`$context.Name) `$(`$assembly.GetName().Name)`" } }"
        $run.Error | Should -BeNullOrEmpty
        $run.Output -split "`n"
    }
}

Describe 'The manifest' {
    It 'passes Test-ModuleManifest without a word' {
        $module = Test-ModuleManifest $manifest -WarningVariable warnings -ErrorAction Stop
        $module.Version | Should -Be $data.ModuleVersion
        $warnings | Should -BeNullOrEmpty
    }

    It 'has the version of the build' {
        $data.ModuleVersion | Should -Be ([xml] (Get-Content (Get-RepositoryPath Directory.Build.props) -Raw)).Project.PropertyGroup.Version
    }

    It 'names each command of the assembly' {
        (Get-Command -Module GnnReRank).Name | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
        $cmdlets = (Get-Command Import-FeatureMatrix).ImplementingType.Assembly.GetExportedTypes() |
            ForEach-Object { $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $cmdlets | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
    }
}

Describe 'Import-Module' {
    It 'can be repeated by force, and objects made before are of the same type' {
        $result = Invoke-Apart -Variables @{ manifest = $manifest } -Script '
            $before = , (1, 0) | ConvertTo-FeatureMatrix
            Import-Module $manifest -Force
            Import-Module $manifest -Force
            $after = , (0, 1) | ConvertTo-FeatureMatrix
            $after.GetType().Equals($before.GetType())
            (Get-Module GnnReRank).ExportedCmdlets.Count'
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -Be $true, $data.CmdletsToExport.Count
    }

    It 'lets scripts name each public type of the engine' {
        $types = [GnnReRank.FeatureMatrix].Assembly.GetExportedTypes() + [GnnReRank.ReRankClusterJob].Assembly.GetExportedTypes()
        $types.Count | Should -BeGreaterThan 50
        $types | Where-Object { $_ -ne ($_.FullName -as [type]) } | Should -BeNullOrEmpty
    }

    It 'loads no dependency, and the engine in a context of its own' {
        $loaded = Get-Loaded
        $loaded | Should -Contain 'GnnReRank GnnReRank.Core'
        $loaded | Should -Not -Match 'ILGPU|MathNet|ParquetSharp|Apache|SixLabors|Tensors'
    }

    It 'keeps a dependency in use out of the session' {
        $loaded = Get-Loaded "`$null = Import-FeatureMatrix '$query'"
        $loaded | Should -Contain 'GnnReRank ParquetSharp'
        $loaded | Should -Not -Match '^Default (ILGPU|MathNet|ParquetSharp|Apache|SixLabors|System.Numerics.Tensors)'
    }

    It 'does not show <_>' -ForEach $dependencies {
        $_ -as [type] | Should -BeNullOrEmpty
    }
}
