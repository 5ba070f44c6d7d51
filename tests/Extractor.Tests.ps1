# The extractor of examples/, which is no part of the module: built here, where its packages can be fetched.
BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    Push-Location $TestDrive
    $data = Get-RepositoryPath tests data extractor
    $project = Get-RepositoryPath examples extractor
    $build = dotnet build $project -c Release --nologo -v quiet 2>&1 | Out-String
    $isBuilt = $LASTEXITCODE -eq 0
    $hasPackages = $build -notmatch 'NU1101|NU1102|NU1301'
    $program = Get-ChildItem $project/bin/Release -Recurse -Filter ExtractFeatures.dll | Select-Object -First 1

    # ExitCode, and Error with what it says to people; the test is skipped where its packages cannot be fetched.
    function Invoke-Extractor {
        if (-not $hasPackages) { Set-ItResult -Skipped -Because 'the packages of examples/extractor cannot be fetched' }
        $isBuilt | Should -BeTrue -Because $build
        $said = dotnet $program @args 2>&1 | Out-String
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Error = ($said -replace '\s+', ' ').Trim() }
    }

    # The features of some pictures by the model that gives each channel's mean, by name.
    function Get-Mean([string[]] $Arguments) {
        Remove-Item out.parquet -ErrorAction Ignore
        $run = Invoke-Extractor @Arguments --model $data/mean.onnx --output out.parquet
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $matrix = Import-FeatureMatrix out.parquet
        $means = @{}
        foreach ($row in 0..($matrix.RowCount - 1)) {
            $means[$matrix.Names[$row]] = $matrix.GetRow($row).ForEach({ [Math]::Round($_, 4) }) -join ' '
        }
        $means
    }

    $plain = '--mean', '0,0,0', '--std', '1,1,1'
}

AfterAll { Pop-Location }

Describe 'The extractor' {
    It 'writes the features, label, camera and name of each picture, and leaves nothing else' {
        $pattern = '^(?<camera>[^/]+)/(?<label>[^.]+)'
        $means = Get-Mean (@("$data/pictures", '--size', '8x8', '--pattern', $pattern) + $plain)
        $means.Count | Should -Be 3
        $means['one/red.png'], $means['two/green.webp'] | Should -Be '1 0 0', '0 1 0'
        $means['two/half.png'] | Should -Be '0.5 0.5 1' # its transparent half is white
        $matrix = Import-FeatureMatrix out.parquet
        $truth = 0..2 | ForEach-Object { "$($matrix.GetLabelText($_)) $($matrix.Cameras[$_])" }
        $truth | Should -Be 'red 0', 'green 1', 'half 1'
        (Get-ChildItem -Force).Name | Should -Be out.parquet
    }

    It 'scales colours as torchvision does, unless told' {
        $red = ((1 - 0.485) / 0.229), (-0.456 / 0.224), (-0.406 / 0.225)
        $expected = $red | ForEach-Object { [Math]::Round($_, 4) }
        (Get-Mean "$data/pictures/one", '--size', '8x8')['red.png'] | Should -Be "$expected"
        (Get-Mean (@("$data/pictures/one", '--size', '8x8', '--bgr') + $plain))['red.png'] | Should -Be '0 0 1'
    }

    # 8 x 4, of which the 4 x 4 in the middle are black: cut to 4 x 4, pressed to it, or laid on 8 x 8 of white. Less 1/4.
    It 'brings a picture of another shape to size: <Fit>' -ForEach @(
        @{ Fit = 'crop'; Size = '4x4'; Mean = -0.25 }
        @{ Fit = 'stretch'; Size = '4x4'; Mean = 0.25 }
        @{ Fit = 'pad'; Size = '8x8'; Mean = 0.5 }
    ) {
        Set-Content list.txt "$data/wide.png", ''
        $quarter = '--mean', '0.25,0.25,0.25', '--std', '1,1,1'
        $means = Get-Mean ('--list', 'list.txt', '--fit', $Fit, '--size', $Size + $quarter)
        foreach ($mean in -split $means.Values) { [Math]::Abs([double] $mean - $Mean) | Should -BeLessThan 0.01 }
    }

    It 'gives the features of the emoji sample for its pictures' {
        Remove-Item out.parquet -ErrorAction Ignore
        $names = 'twitter/1f33b_sunflower.webp', 'google/1f33b_sunflower.webp', 'google/1f980_crab.webp'
        $pictures = Get-RepositoryPath examples data emoji pictures
        Set-Content list.txt ($names | ForEach-Object { "$pictures/$_" })
        (Invoke-Extractor --list list.txt -o out.parquet).ExitCode | Should -Be 0
        $matrix = Import-FeatureMatrix out.parquet
        $matrix.Dimension | Should -Be 512

        # 128 columns keep 95 % of the squared length, so cosines to that.
        $shipped = Import-FeatureMatrix -ExampleName Emoji | Join-FeatureMatrix
        $dot = { param($x, $y) $sum = 0; for ($i = 0; $i -lt $x.Length; $i++) { $sum += $x[$i] * $y[$i] }; $sum }
        $scores = foreach ($set in $matrix, $shipped) {
            $order = foreach ($name in $names) { 0..($set.RowCount - 1) | Where-Object { $set.Names[$_].EndsWith($name) } }
            foreach ($pair in (0, 1), (0, 2), (1, 2)) {
                $a, $b = $pair.ForEach({ , $set.GetRow($order[$_]) })
                (& $dot $a $b) / [Math]::Sqrt((& $dot $a $a) * (& $dot $b $b))
            }
        }
        0..2 | ForEach-Object { [Math]::Abs($scores[$_] - $scores[$_ + 3]) | Should -BeLessThan 0.07 }
        $scores[0] | Should -BeGreaterThan ([Math]::Max($scores[1], $scores[2]))
    }

    It 'refuses <Case>, and writes nothing' -ForEach @(
        @{ Case = 'a missing folder'; Arguments = , 'nowhere'; Hint = "*no folder 'nowhere'*" }
        @{ Case = 'to replace a file'; Arguments = 'bad', '-o', 'there.parquet'; Hint = '*is there already*--force*' }
        @{ Case = 'a name that the pattern does not match'; Arguments = 'bad', '--pattern', '^(?<label>\d+)'; Hint = "*1 of 1 *'torn.png'*" }
        @{ Case = 'a pattern with other groups'; Arguments = 'bad', '--pattern', '(?<id>.)'; Hint = '*the groups id*label and camera*' }
        @{ Case = 'a camera that is not named'; Arguments = 'bad', '--pattern', '(?<camera>.)', '--cameras', 'a,b'; Hint = "*'t' is not among*" }
        @{ Case = 'a picture that is torn'; Arguments = , 'bad'; Hint = '*torn.png*' }
        @{ Case = 'what is no model'; Arguments = 'bad', '--model', 'bad/torn.png'; Hint = '*ONNX model*' }
        @{ Case = 'two numbers for three channels'; Arguments = 'bad', '--model', 'm', '--mean', '1,2'; Hint = '*takes three numbers*' }
    ) {
        $null = New-Item -ItemType Directory -Path bad -Force
        Set-Content there.parquet old
        [IO.File]::WriteAllBytes("$TestDrive/bad/torn.png", [IO.File]::ReadAllBytes("$data/pictures/one/red.png")[0..40])
        $output = $Arguments -contains '-o' ? @() : @('-o', 'x.parquet')
        $run = Invoke-Extractor @Arguments @output
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike $Hint
        Get-ChildItem -Force -Filter x.* | Should -BeNullOrEmpty
        Get-Content there.parquet | Should -Be old
    }

    It 'leaves out what cannot be read, when asked to' {
        $null = New-Item -ItemType Directory -Path mixed -Force
        Copy-Item $data/pictures/one/red.png mixed
        Set-Content mixed/torn.jpg 'no picture'
        (Get-Mean @('mixed', '--skip-unreadable')).Keys | Should -Be red.png
    }
}
