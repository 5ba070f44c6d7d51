# The GPU kit where there is no GPU: what it says, what it runs on PoCL, and what is left of a run that is cut off.
BeforeDiscovery {
    $script:hasPocl = Test-Path /etc/OpenCL/vendors/pocl.icd
    $script:canPlay = $IsLinux -and [Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64'
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    $program = Get-ChildItem (Get-RepositoryPath benchmarks gpu-kit bin) -Recurse -Filter gpu-kit.dll | Sort-Object LastWriteTime | Select-Object -Last 1
    # No GPU; and no processor time for what pays off in longer runs alone.
    $hidden = @{ CUDA_VISIBLE_DEVICES = '-1'; DOTNET_TieredPGO = '0' }

    # Runs the kit where no GPU is seen; what it says, line by line, and its exit code.
    function Invoke-Kit {
        [CmdletBinding(PositionalBinding = $false)]
        param([hashtable] $Environment = @{}, [Parameter(ValueFromRemainingArguments)] [string[]] $Arguments)
        $before = @{}
        foreach ($name in @($hidden.Keys) + @($Environment.Keys)) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, (($hidden + $Environment)[$name]))
        }
        try { @{ Said = @(dotnet $program.FullName @Arguments 2>&1 | ForEach-Object { "$_" }); ExitCode = $LASTEXITCODE } }
        finally { $before.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $before[$_]) } }
    }

    function Get-Line([string] $Folder) { Get-Content (Join-Path $Folder results.jsonl) | ConvertFrom-Json }
}

Describe 'The GPU kit' {
    It 'lists steps that take six minutes for the first three, and twelve together' {
        $run = Invoke-Kit --list
        $run.ExitCode | Should -Be 0
        $steps = $run.Said | ForEach-Object { if ($_ -match '^(\d) .+ \(at most (\d+) s\)$') { @{ Number = [int] $Matches[1]; Limit = [int] $Matches[2] } } }
        $steps | Should -HaveCount $run.Said.Count
        $steps.Number | Should -Be 1, 2, 3, 4, 5, 6
        ($steps | Where-Object Number -LE 3 | Measure-Object Limit -Sum).Sum | Should -BeLessOrEqual 360
        ($steps | Measure-Object Limit -Sum).Sum | Should -BeLessOrEqual 720
    }

    It 'says in one line that there is no GPU, also where a library is not the driver''s, and ends with 3' -Skip:(-not $IsLinux) {
        # A file that is no library, and a library that is no driver.
        $null = New-Item -ItemType Directory $TestDrive/text, $TestDrive/other
        Set-Content $TestDrive/text/libcuda.so.1 'no library'
        $math = '/lib/x86_64-linux-gnu/libm.so.6', '/lib64/libm.so.6' | Where-Object { Test-Path $_ } | Select-Object -First 1
        if ($math) { Copy-Item $math $TestDrive/other/libcuda.so.1 }
        foreach ($folder in 'text', 'other') {
            $run = Invoke-Kit --out $TestDrive/no-device -Environment @{ LD_LIBRARY_PATH = "$TestDrive/$folder" }
            $run.Said | Should -HaveCount 1
            $run.Said | Should -BeLike 'No *device: *'
            $run.ExitCode | Should -Be 3
        }
        Test-Path $TestDrive/no-device | Should -BeFalse
    }

    It 'refuses steps that it does not have' {
        (Invoke-Kit --steps '1,9').Said -join ' ' | Should -BeLike '*''1,9'' names no steps*'
    }
}

Describe 'The GPU kit on PoCL' -Skip:(-not $hasPocl) {
    It 'passes every step, and leaves its lines and a table that a terminal shows whole' {
        $run = Invoke-Kit --emulate --out $TestDrive/whole
        $run.ExitCode | Should -Be 0 -Because ($run.Said -match 'FAILED' -join '; ')
        $lines = Get-Line $TestDrive/whole
        $lines.Verdict | Should -Not -Contain Failed
        $numbers = '1', '2', '3', '4', '5', '6'
        foreach ($number in $numbers) { $lines.What -like "step ${number}: *" | Should -HaveCount 1 }

        # Every kernel that the sources name, and tests of each kind.
        $kernels = Get-ChildItem (Get-RepositoryPath src GnnReRank.Core Compute Gpu Kernels) -Recurse -Filter *Kernel*.cs |
            Where-Object BaseName -NE KernelAttribute | Select-Object -ExpandProperty BaseName
        foreach ($kernel in $kernels) { @($lines.What -like "kernel $kernel.*").Count | Should -BeGreaterThan 0 -Because $kernel }
        foreach ($class in 'GpuTestDevicesTests', 'PtxRowTests', 'CosineRankerTests') {
            $lines | Where-Object What -EQ $class | Select-Object -ExpandProperty Note | Should -BeLike '* passed, 0 failed, 0 skipped'
        }
        $table = Get-Content $TestDrive/whole/report.md
        $table | Where-Object { $_ -like '| [0-9] | *' } | Should -HaveCount $lines.Count

        # Some machines send only the end of what is said.
        $end = $run.Said[([array]::FindLastIndex([string[]] $run.Said, [Predicate[string]] { $args[0] -like '* failed, * passed, *' }))..($run.Said.Count - 1)]
        ($end -join "`n").Length | Should -BeLessThan 12000
        foreach ($number in $numbers) { $end -like "| $number | step ${number}: *" | Should -HaveCount 1 }
    }

    It 'cuts a step at its limit, says so, and fails' {
        $run = Invoke-Kit --emulate --steps 1 --limit 0.01 --out $TestDrive/cut
        $run.ExitCode | Should -Be 1
        (Get-Line $TestDrive/cut).Note | Should -Be 'It was cut at its limit of 0.01 s; what it found before stands.'
    }

    It 'leaves out what no budget is left for, ends with 2, and takes over the lines of other steps from a run before' {
        foreach ($steps in '1,2', '2,3') {
            $run = Invoke-Kit --emulate --steps $steps --budget 0 --out $TestDrive/budget
            $run.ExitCode | Should -Be 2
        }
        $lines = Get-Line $TestDrive/budget
        $lines.Step | Should -Be 1, 2, 3
        $lines.Verdict | Should -Be Skipped, Skipped, Skipped
        $lines.Note | Select-Object -Unique | Should -Be 'no time was left'
    }

    It 'leaves what it found when it is killed, ends what it had started, and makes the table later' -Skip:(-not $IsLinux) {
        $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] ($program.FullName, '--emulate', '--steps', '1', '--out', "$TestDrive/killed"))
        $start.RedirectStandardOutput = $true
        $kit = [Diagnostics.Process]::Start($start)
        while (($line = $kit.StandardOutput.ReadLine()) -notlike '1 device: *') { $line | Should -Not -BeNullOrEmpty }
        $children = Get-Process | Where-Object { $_.Parent.Id -eq $kit.Id }
        $children | Should -Not -BeNullOrEmpty
        $kit.Kill()
        foreach ($child in $children) { $child.WaitForExit(60000) | Should -BeTrue }
        $run = Invoke-Kit --report --out $TestDrive/killed
        $run.Said -join "`n" | Should -BeLike '*| 1 | device |*'
        $run.Said -like '* step 1: *' | Should -BeNullOrEmpty
    }
}

Describe 'The GPU kit on a driver that the tests play' -Skip:(-not $canPlay) {
    It 'tells the device, loads every kernel, and runs tests of kernels'' PTX through the driver' {
        $null = New-Item -ItemType Directory $TestDrive/driver
        $tests = 'TensorProductKernelTests', 'PtxRowTests'
        $run = Invoke-Kit --steps '1,2' --tests ($tests -join ',') --out $TestDrive/cuda -Environment @{ GNNRERANK_TEST_DRIVER = "$TestDrive/driver" }
        $run.ExitCode | Should -Be 0 -Because ($run.Said -match 'FAILED' -join '; ')
        $lines = Get-Line $TestDrive/cuda
        $lines | Where-Object What -EQ driver | Select-Object -ExpandProperty Note | Should -BeLike 'CUDA 12.9; sm_90; *'
        $kernels = @($lines | Where-Object What -Like 'kernel *')
        $kernels.Count | Should -BeGreaterThan 30
        $kernels.Note | Should -BeLike '* registers, *'
        foreach ($class in $tests) {
            $lines | Where-Object What -EQ $class | Select-Object -ExpandProperty Note | Should -BeLike '* passed, 0 failed, 0 skipped'
        }
    }
}

Describe 'The kit as it travels' -Skip:(-not $IsLinux) {
    It 'is one file of less than 52 MB with its data, and starts without .NET' {
        $built = Invoke-Pwsh -File (Get-RepositoryPath benchmarks gpu-kit Build-GpuKit.ps1) -Output $TestDrive/kit
        $built.ExitCode | Should -Be 0 -Because "$($built.Output)$($built.Error)"
        $files = Get-ChildItem $TestDrive/kit/linux-x64 -Recurse -File
        ($files | Measure-Object Length -Sum).Sum | Should -BeLessThan 52MB
        $files.Name | Should -Contain digits.npz
        $files.Name | Where-Object { $_ -match '\.(dll|so|pdb|xml)$' } | Should -BeNullOrEmpty
        $said = env -i PATH=/usr/bin:/bin DOTNET_ROOT=/nowhere CUDA_VISIBLE_DEVICES=-1 $TestDrive/kit/linux-x64/gpu-kit --out $TestDrive
        $LASTEXITCODE | Should -Be 3
        $said | Should -BeLike 'No *device: *'
    }
}
