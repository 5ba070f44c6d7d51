# The commands of cluster jobs, on this machine. What a job computes, and Slurm, are tested with the engine.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive
    Write-NpzSets sets.npz (New-LabelledRows 12 9 4 -Seed 2 -Cameras 2) (New-LabelledRows 60 9 4 -Seed 3 -Cameras 2)
    $query, $gallery = Import-FeatureMatrix sets.npz -Set Query, Gallery
    $query | Export-FeatureMatrix query.npy
    $gallery | Select-FeatureMatrix -First 25 | Export-FeatureMatrix gallery-0.npy
    $gallery | Select-FeatureMatrix -Index (25..59) | Export-FeatureMatrix gallery-1.npy
    $files = @{ Query = 'query.npy'; Gallery = 'gallery-*.npy' }
    function Get-Lists($Ranking) {
        foreach ($row in 0..($Ranking.QueryCount - 1)) { "$($Ranking.GetIndices($row)): $($Ranking.GetScores($row).ForEach('ToString', 'R'))" }
    }
}

AfterAll { Pop-Location }

Describe 'A plan' {
    BeforeAll {
        $job = New-ReRankClusterJob plan.job @files -Method Gnn -K1 8 -K2 3 -Top 10 -ShardSize 20 -Tasks 3 -MemoryPerTask 2GB -ThreadsPerTask 4
        function Get-Script([hashtable] $Given) { (Start-ReRankClusterJob plan.job @Given -WhatIf -Verbose 4> $null) -join "`n" }
    }

    It 'knows what it was given' {
        "$job" | Should -BeLike "GNN Paper k1=8 k2=3 *, 12 queries and 60 gallery rows x 9, in '*plan.job'"
        $job.Path | Should -Be (Convert-Path plan.job)
        $job.QueryCount, $job.GalleryCount, $job.Dimension, $job.ShardCount, $job.Top | Should -Be 12, 60, 9, 4, 10
        $job.Stages[0].Stage, $job.Stages[0].Items, $job.Stages[0].Tasks | Should -Be import, 4, 3
        $job.ThreadsPerTask, $job.MemoryPerTask, $job.NeighborCount, $job.Recall | Should -Be 4, 2GB, 8, $null
        $job.EstimatedTime.Ticks | Should -Be ($job.Stages.EstimatedTimeOnTasks.Ticks | Measure-Object -Sum).Sum
        $job.StartedWith | Should -BeNullOrEmpty
        (Get-ReRankClusterJob $job).State | Should -Be Planned
    }

    It 'is shown with -WhatIf, and not made' {
        $seen = New-ReRankClusterJob no.job @files -ShardSize 20 -WhatIf
        Test-Path no.job | Should -BeFalse
        $seen.Stages.Stage | Should -Be import, pairs, lists, edges, rows, values, score, final
        $seen.Stages[0].Items | Should -Be 4
        { $seen | Start-ReRankClusterJob -Engine Local } | Should -Throw -ErrorId 'JobNotFound,*'
        Test-Path no.job | Should -BeFalse
    }

    It 'has its notes in its view, and warns of none' {
        $noted = New-ReRankClusterJob told.job @files -Recall 0.5 -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        $noted.Recall | Should -BeNullOrEmpty
        "$($noted | Out-String)" | Should -BeLike '*Neighbours : exact*Notes *neighbours will be exact*'
    }

    It 'gives Slurm''s scripts with -WhatIf, and starts nothing: <Has>' -ForEach @(
        @{ Given = @{}; Has = '--array=0-2', '--cpus-per-task=4', '--mem=2048M', '--requeue'; Lacks = '--gres', '--partition', '--time' }
        @{ Given = @{ Partition = 'short'; Account = 'lab'; TimeLimit = '2:0:0' }; Has = '--partition=short', '--account=lab', '--time=0-02:00:00'; Lacks = , '--gres' }
        @{ Given = @{ Gres = 'gpu:1'; SbatchArgument = '--constraint=a100' }; Has = '--gres=gpu:1', '--constraint=a100'; Lacks = , '--partition' }
    ) {
        $script = Get-Script $Given
        foreach ($word in $Has) { $script | Should -BeLike "*#SBATCH $word*" }
        foreach ($word in $Lacks) { $script | Should -Not -BeLike "*$word*" }
        foreach ($stage in $job.Stages.Stage) { $script | Should -BeLike "*## $stage.sh*" }
        (Get-ChildItem plan.job).Name | Should -Be plan.json
    }

    It 'gives one script without -Verbose, and how sbatch is called for each stage in order' {
        $text = Start-ReRankClusterJob plan.job -Gres gpu:1 -WhatIf
        $text -like '## *' | Should -HaveCount 1
        $calls = @($text -like '*=$(sbatch *')
        $calls -replace '=.*' | Should -Be $job.Stages.Stage
        $calls[0] | Should -BeLike '*--array=0-2 *--mem=2048M*import.sh*'
        $calls[0] | Should -Not -Match '--dependency|--gres'
        $calls[1] | Should -BeLike '*--dependency=afterok:$import *--array=0-2 *--gres=gpu:1 *pairs.sh*'
        $calls[-1] | Should -BeLike '*--dependency=afterok:$score *--array=0-0 *'
        $calls[-1] | Should -Not -Match '--gres'
    }

    It 'says what this machine would run, and gives no script of Slurm' {
        $text = Start-ReRankClusterJob plan.job -Engine Local -LocalTasks 3 -WhatIf
        $text | Should -Not -Match sbatch
        $text[0] | Should -BeLike '*3 tasks at a time, of 4 threads each*'
        $text[1, 2] | Should -Be 'import: 4 items, by 3 tasks', 'pairs: 10 items, by 3 tasks'
        (Get-ChildItem plan.job).Name | Should -Be plan.json
    }

    It 'is opened by its path, its status, and what came through a file' {
        $job | Export-Clixml job.xml
        Get-ReRankClusterJob $job | Export-Clixml status.xml
        $read = Import-Clixml job.xml
        $read | Should -BeOfType GnnReRank.ReRankClusterJob
        $read.Id | Should -Be $job.Id
        foreach ($given in 'plan.job', 'pl*.job', $job, (Get-Item plan.job), (Get-ReRankClusterJob $job), $read, (Import-Clixml status.xml)) {
            (Get-ReRankClusterJob $given).Path | Should -Be $job.Path
            ($given | Get-ReRankClusterJob).Path | Should -Be $job.Path
        }
    }

    It 'is completed as a variable and as a folder, never as a file' {
        $global:plannedJob = $job
        try {
            (TabExpansion2 'Get-ReRankClusterJob $plan').CompletionMatches.CompletionText | Should -Contain '$plannedJob'
            (TabExpansion2 'Get-ReRankClusterJob -Job ').CompletionMatches.CompletionText | Should -Contain '$plannedJob'
            (TabExpansion2 'Wait-ReRankClusterJob pl').CompletionMatches.CompletionText | Should -BeLike '*plan.job'
            (TabExpansion2 'Get-ReRankClusterJob query').CompletionMatches.ResultType | Should -Not -Contain ProviderItem
        }
        finally { Remove-Variable plannedJob -Scope Global }
    }

    It 'that is missing is an error, and the others are told of' {
        $result = Invoke-Apart "Get-ReRankClusterJob plan.job, gone.job, 'no*.job', plan.job"
        $result.Output | Should -HaveCount 2
        $result.Errors | Should -HaveCount 2
        $result.Errors.FullyQualifiedErrorId | Should -Be 'JobNotFound,GnnReRank.Commands.GetReRankClusterJobCommand', 'NoJobMatches,GnnReRank.Commands.GetReRankClusterJobCommand'
    }

    It 'is found among other folders, which are no error unless they are named' {
        $null = New-Item other.job -ItemType Directory
        (Get-ReRankClusterJob ??*.job -ErrorAction Stop).Path | Should -Contain $job.Path
        { Get-ReRankClusterJob other.job } | Should -Throw -ErrorId 'JobNotFound,*'
    }

    It 'that was never started cannot be <_>' -ForEach 'Wait', 'Stop', 'Resume' {
        { & "$_-ReRankClusterJob" plan.job } | Should -Throw -ErrorId 'JobNotStarted,*'
    }

    It 'is refused: <Id>' -ForEach @(
        @{ Given = 'New-ReRankClusterJob plan.job @files'; Id = 'JobDirectoryTaken' }
        @{ Given = 'New-ReRankClusterJob a.job @files -Method KReciprocal'; Id = 'MethodNotForCluster' }
        @{ Given = 'New-ReRankClusterJob a.job @files -Method Gnn'; Id = 'MethodNotForCluster'; Says = '*-K1 and -K2*' }
        @{ Given = 'New-ReRankClusterJob a.job @files -UseCameras'; Id = 'MethodNotForCluster' }
        @{ Given = 'New-ReRankClusterJob a.job gone.npy gone.npy'; Id = 'FileNotFound' }
        @{ Given = 'New-ReRankClusterJob a.job "gone*.npy" query.npy'; Id = 'NoFileMatches'; Says = '*write a backtick*' }
        @{ Given = 'New-ReRankClusterJob a.job query.npy ""'; Id = 'ParameterArgumentTransformationError'; Says = '*empty text, and the path of the gallery file*' }
        @{ Given = 'New-ReRankClusterJob a.job @files -Recall 1.5'; Id = 'InvalidRecall' }
        @{ Given = 'New-ReRankClusterJob a.job @files -MemoryPerTask 16'; Id = 'InvalidJobMemory' }
        @{ Given = 'New-ReRankClusterJob a.job @files -Steps 0'; Id = 'InvalidSteps' }
    ) {
        { Invoke-Expression $Given } | Should -Throw ($Says ?? '*') -ErrorId "$Id,*"
        Test-Path a.job | Should -BeFalse
    }
}

Describe 'A job on this machine' {
    BeforeAll {
        $job = New-ReRankClusterJob whole.job @files -Top 20 -ShardSize 40 -QueriesPerItem 8
        $status = $job | Start-ReRankClusterJob -Engine Local -LocalTasks 1 -PassThru | Wait-ReRankClusterJob
        $expected = Invoke-ReRank $query $gallery -Top 20
        $ranking = $status | Receive-ReRankClusterJob -Query $query -Gallery $gallery
    }

    It 'is the ranking of one process, bit for bit, and measures the same' {
        Get-Lists $ranking | Should -Be (Get-Lists $expected)
        "$($ranking.Settings)" | Should -Be "$($expected.Settings)"
        ($ranking | Measure-RetrievalAccuracy).mAPAtDepth | Should -Be ($expected | Measure-RetrievalAccuracy).mAPAtDepth
        Get-Lists (Receive-ReRankClusterJob whole.job) | Should -Be (Get-Lists $expected)
    }

    It 'tells what it took' {
        $status.State, $status.Stage, $status.Done | Should -Be Completed, $null, $status.Items
        $status.Failures | Should -BeNullOrEmpty
        foreach ($stage in $status.Stages) {
            $stage.Done | Should -Be $stage.Items
            $stage.ProcessorTime, $stage.PeakMemoryBytes | Should -Not -Contain 0
        }
        $job.StartedWith.Engine, $job.StartedWith.LocalTasks | Should -Be Local, 1
    }

    It 'is written as Parquet, a file an item' {
        Receive-ReRankClusterJob whole.job -OutputFolder no -WhatIf | Should -BeNullOrEmpty
        Test-Path no | Should -BeFalse
        $written = Receive-ReRankClusterJob whole.job -OutputFolder lists
        $written | Should -HaveCount 2
        $written | Should -BeOfType IO.FileInfo
        $written.FullName | Should -Be (Get-ChildItem lists).FullName
        { Receive-ReRankClusterJob whole.job -OutputFolder lists } | Should -Throw
    }

    It 'refuses matrices that are not its own' {
        { Receive-ReRankClusterJob whole.job -Query $gallery -Gallery $query } | Should -Throw -ErrorId '*,GnnReRank.Commands.ReceiveReRankClusterJobCommand'
    }

    It 'does not start again when it is done' {
        { Start-ReRankClusterJob whole.job -Engine Local } | Should -Throw -ErrorId 'JobIsDone,*'
    }
}

Describe 'A job that is held, stopped, broken and mended' -Skip:(-not (Test-Path /bin/bash)) {
    BeforeAll {
        # Its workers wait until a file is there; the one that starts them does not.
        $gate = 'if [ "$3" = run ]; then until [ -e "$5/open" ]; do sleep 0.1; done; fi; exec "$@"'
        $null = New-ReRankClusterJob usual.job @files -Method Cosine
        $usual = (Get-Content usual.job/plan.json | ConvertFrom-Json).Worker
        $job = New-ReRankClusterJob held.job @files -Method Cosine -Worker (@('/bin/bash', '-c', $gate, 'gate') + $usual)
        $job | Start-ReRankClusterJob -Engine Local -LocalTasks 1
    }

    AfterAll { if ((Get-ReRankClusterJob $job).State -eq 'Running') { $job | Stop-ReRankClusterJob } }

    It 'runs, and does not start twice' {
        (Get-ReRankClusterJob held.job).State | Should -Be Running
        { Start-ReRankClusterJob held.job -Engine Local } | Should -Throw -ErrorId 'JobRuns,*'
        Stop-ReRankClusterJob held.job -WhatIf
        (Get-ReRankClusterJob held.job).State | Should -Be Running
    }

    It 'is waited for, with progress, as long as was said' {
        $result = Invoke-Apart 'Wait-ReRankClusterJob held.job -Timeout 1'
        $result.Errors | Should -BeNullOrEmpty
        $result.Output.State | Should -Be Running
        $result.Progress[0].Activity | Should -Be 'held.job: Cosine'
        $result.Progress[0].StatusDescription | Should -BeLike 'stage 1 of 3, import: 0 of 2 items*'
        $result.Progress[0].PercentComplete | Should -Be 0
    }

    It 'goes on where the waiting is stopped' {
        $shell = New-Apart 'Wait-ReRankClusterJob held.job'
        $null = $shell.BeginInvoke()
        Wait-Until { $shell.Streams.Progress.Count } | Should -BeTrue
        $shell.Stop()
        $shell.Runspace.Dispose()
        $shell.Dispose()
        (Get-ReRankClusterJob held.job).State | Should -Be Running
    }

    It 'is stopped' {
        ($job | Stop-ReRankClusterJob -PassThru).Id | Should -Be $job.Id
        (Get-ReRankClusterJob held.job).State | Should -Be Stopped
        { Wait-ReRankClusterJob held.job } | Should -Throw -ErrorId 'ClusterJobStopped,*'
        { Receive-ReRankClusterJob held.job } | Should -Throw -ErrorId '*,GnnReRank.Commands.ReceiveReRankClusterJobCommand'
    }

    It 'would go on as it was started, but for what is given' {
        (Resume-ReRankClusterJob held.job -WhatIf)[1] | Should -Be 'import: 2 items, by 1 task'
        "$(Resume-ReRankClusterJob held.job -Engine Slurm -Partition long -WhatIf)" | Should -BeLike '*#SBATCH --partition=long*'
    }

    It 'fails with the item, the reason and the log' {
        Copy-Item gallery-1.npy kept.npy
        $broken = [float[,]]::new(35, 9)
        $broken[3, 2] = [float]::NaN
        Write-Npy gallery-1.npy $broken
        $null = New-Item held.job/open
        $result = Invoke-Apart 'Resume-ReRankClusterJob held.job -PassThru | Wait-ReRankClusterJob; Receive-ReRankClusterJob held.job'
        $result.Output | Should -BeNullOrEmpty
        $result.Errors | Should -HaveCount 2
        foreach ($fault in $result.Errors) {
            $fault.FullyQualifiedErrorId | Should -BeLike 'ClusterJobFailed,*'
            "$fault" | Should -BeLike "*held.job' failed: item 1 of import, after 1 try: *row 3, column 2 *(log: *import-0.log)*Resume-ReRankClusterJob*"
        }
        $result.Errors[0].TargetObject.Failures[0].IsPermanent | Should -BeTrue
    }

    It 'goes on when it is mended, by itself' {
        Copy-Item kept.npy gallery-1.npy
        $status = Get-ReRankClusterJob *.job | Where-Object State -EQ Failed | Resume-ReRankClusterJob -PassThru | Wait-ReRankClusterJob
        $status.Path | Should -Be $job.Path
        Get-Lists ($status | Receive-ReRankClusterJob) | Should -Be (Get-Lists (Search-FeatureMatrix $query $gallery))
    }
}
