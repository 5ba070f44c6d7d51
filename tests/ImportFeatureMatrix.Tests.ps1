BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    $rows = New-Item -ItemType Directory rows
    1..3 | ForEach-Object { Write-Npy "rows/$('_abc'[$_]).npy" (New-LabelledRows $_ 3 2 -Seed 1).Values }
    Write-Npy 'rows/d[1].npy' (New-LabelledRows 4 3 2 -Seed 1).Values
    $null = New-Item -ItemType Directory rows/folder.npy
    Set-Content rows/bad.txt 'not an array'
}

AfterAll { Pop-Location }

Describe 'A path' {
    BeforeAll { Push-Location rows }
    AfterAll { Pop-Location }

    It 'with a wildcard takes files in the order of their names, and no folder' {
        (Import-FeatureMatrix *.npy).RowCount | Should -Be 1, 2, 3, 4
    }

    It 'comes through the pipeline as text, as a file and by PSPath' {
        $( 'a.npy' | Import-FeatureMatrix
            Get-ChildItem d* | Import-FeatureMatrix
            [pscustomobject]@{ PSPath = "Microsoft.PowerShell.Core\FileSystem::$rows/d[1].npy" } | Import-FeatureMatrix ).RowCount | Should -Be 1, 4, 4
    }

    It 'with brackets is taken as it stands by -LiteralPath, and escaped by -Path' {
        (Import-FeatureMatrix -LiteralPath 'd[1].npy').RowCount | Should -Be 4
        (Import-FeatureMatrix 'd`[1`].npy').RowCount | Should -Be 4
        { Import-FeatureMatrix 'd[1].npy' } | Should -Throw '*-LiteralPath*' -ErrorId 'NoFileMatches,*'
    }

    It 'of a bad file among many is an error, and the others are read' {
        (Import-FeatureMatrix a.npy, missing.npy, bad.txt, c.npy -Format Npy -ErrorVariable problems -ErrorAction SilentlyContinue).RowCount | Should -Be 1, 3
        $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Should -Be 'FileNotFound', 'WrongFormat'
        $problems.TargetObject | Should -Be "$rows/missing.npy", "$rows/bad.txt"
    }

    It 'of a folder without features is refused with a remedy' {
        { Import-FeatureMatrix folder.npy } | Should -Throw '*wildcard*' -ErrorId 'NoNpyFiles,*'
    }

    It 'outside the file system is refused: <_>' -ForEach 'Variable:PSVersionTable', '-LiteralPath Variable:PSVersionTable' {
        { Invoke-Expression "Import-FeatureMatrix $_" } | Should -Throw -ErrorId 'NotFileSystemPath,*'
    }

    It 'on a drive that is not there is refused' {
        { Import-FeatureMatrix nowhere:/a.npy } | Should -Throw -ErrorId 'DriveNotFound,*'
    }
}

Describe 'The sets of a file' {
    It 'become matrices in the order asked for: -Set <Sets>' -ForEach @(
        @{ Sets = 'Query, Gallery'; Found = 'Query 4', 'Gallery 6' }
        @{ Sets = "'query,gallery'"; Found = 'Query 4', 'Gallery 6' }
        @{ Sets = 'Gallery, Query'; Found = 'Gallery 6', 'Query 4' }
        @{ Sets = 'Gallery'; Found = 'Gallery 6' }
    ) {
        if (-not (Test-Path both.npz)) { Write-NpzSets both.npz (New-LabelledRows 4 3 2 -Seed 1) (New-LabelledRows 6 3 2 -Seed 2) }
        Invoke-Expression "Import-FeatureMatrix both.npz -Set $Sets" | ForEach-Object { "$($_.Role) $($_.RowCount)" } | Should -Be $Found
    }

    It 'and roles that contradict each other end the command: <Given>' -ForEach @(
        @{ Given = '-Set None'; Id = 'ParameterArgumentValidationError' }
        @{ Given = '-Set Query -Role Gallery'; Id = 'SetAndRole' }
    ) {
        { Invoke-Expression "Import-FeatureMatrix rows/a.npy $Given" } | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'A matrix' {
    It 'with rows that cannot be used is refused with their place, or made without them' {
        [float[,]] $values = [float[,]]::new(4, 2)
        $values[0, 0], $values[1, 0], $values[1, 1], $values[3, 0] = 1, 3, [float]::NaN, 4
        Write-Npy bad.npy $values
        { Import-FeatureMatrix bad.npy } | Should -Throw '*row 1, column 1*-SkipInvalid*' -ErrorId 'NonFiniteFeature,*'
        (Import-FeatureMatrix bad.npy -SkipInvalid -WarningVariable warnings).RowCount | Should -Be 2
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*2 of 4 rows dropped*'
    }

    It 'of a mapped file ranks as one that is read' {
        Write-Npy half.npy (New-LabelledRows 90 7 9 -Seed 1).Values -Half
        $read = Import-FeatureMatrix half.npy -ElementType Float32
        $mapped = Import-FeatureMatrix half.npy -MemoryMapped -Verbose 4>&1 | Tee-Object -Variable all | Where-Object { $_ -is [GnnReRank.FeatureMatrix] }
        $mapped.IsMemoryMapped, $mapped.ElementType, $read.IsMemoryMapped, $read.ElementType | Should -Be $true, 'Float16', $false, 'Float32'
        $all -match '^Read features 90 x 7, memory-mapped, float16 from' | Should -Not -BeNullOrEmpty
        $all -match '^Checking features: 90 rows, 1,260 bytes' | Should -Not -BeNullOrEmpty
        $one, $two = (Invoke-GnnReRank $mapped $mapped), (Invoke-GnnReRank $read $read)
        foreach ($row in 0..89) {
            $one.GetIndices($row) | Should -Be $two.GetIndices($row)
            $one.GetScores($row) | Should -Be $two.GetScores($row)
        }
    }

    It 'cannot be mapped of some files, and the others are mapped' {
        Set-Content b.csv '1,2,3'
        (Import-FeatureMatrix rows/b.npy, b.csv -MemoryMapped -ErrorVariable problems -ErrorAction SilentlyContinue).RowCount | Should -Be 2
        $problems.FullyQualifiedErrorId | Should -BeLike 'MemoryMappedFormat,*'
        { Import-FeatureMatrix rows/a.npy -MemoryMapped -SkipInvalid } | Should -Throw -ErrorId 'MemoryMappedSkipInvalid,*'
    }

    It 'is rounded by -ElementType, and a .npy file keeps that' {
        Set-Content a.csv '0.1,2049'
        Import-FeatureMatrix a.csv -ElementType float16 | Export-FeatureMatrix half-of-a.npy
        $half = Import-FeatureMatrix half-of-a.npy
        "$($half.ElementType) $($half.GetRow(0))" | Should -Be 'Float16 0.09997559 2048'
    }

    It 'is never unrolled' {
        Import-FeatureMatrix rows/c.npy | Should -HaveCount 1
    }
}
