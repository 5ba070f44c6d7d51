# Every reader and writer through the commands, with progress shown: of files so small that nothing is reported, and of files whose reading
# and writing is reported on the way.
BeforeDiscovery {
    $writable = 'parquet', 'arrow', 'feather', 'npy', 'npz', 'safetensors', 'fvecs', 'csv', 'tsv', 'csv.gz', 'tsv.gz'
    $sizes = @{ Size = 'small'; Rows = 60; Columns = 16 }, @{ Size = 'large'; Rows = 1200; Columns = 128 }
    $featureFiles = foreach ($ending in $writable) { $sizes | ForEach-Object { @{ Ending = $ending } + $_ } }
    $rankingFiles = foreach ($ending in 'csv', 'jsonl', 'trec', 'parquet') {
        @{ Ending = $ending; Size = 'small'; Rows = 6; Columns = 20 }, @{ Ending = $ending; Size = 'large'; Rows = 60; Columns = 2000 }
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/Support/Support.psm1
    Import-Subject
    $ErrorActionPreference, $WarningPreference = 'Stop', 'SilentlyContinue'
    Push-Location $TestDrive

    # The script's output, with progress shown, which must come without an error.
    function Get-Shown([string] $Script, [hashtable] $Variables = @{}) {
        $result = Invoke-Apart "`$ProgressPreference, `$WarningPreference = 'Continue', 'SilentlyContinue'; $Script" $Variables
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | ForEach-Object { $_.psobject.BaseObject }
    }

    # All bits of rows of numbers, as one text.
    function Get-Bits([float[,]] $Values) {
        $bytes = [byte[]]::new([Buffer]::ByteLength($Values))
        [Buffer]::BlockCopy($Values, 0, $bytes, 0, $bytes.Length)
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes))
    }

    # Whole numbers below 23, which every format holds; and the rows of some lists, one after the other.
    function New-WholeRows([int] $Rows, [int] $Columns) {
        $values = [float[,]]::new($Rows, $Columns)
        for ($i = 0; $i -lt $Rows; $i++) { for ($j = 0; $j -lt $Columns; $j++) { $values[$i, $j] = ($i * 17 + $j * 3) % 23 } }
        , $values
    }
    function Join-List($From, [string] $Method, [int] $Count) { (0..($Count - 1) | ForEach-Object { $From.$Method($_) }) -join ' ' }
}

AfterAll { Pop-Location }

Describe 'A <Size> file of features, .<Ending>,' -ForEach $featureFiles {
    It 'gives back what was written' {
        $made = New-LabelledRows $Rows $Columns 9 -Seed 1 -Cameras 3
        Write-NpzSets made.npz $made $made
        Remove-Item "f.$Ending" -ErrorAction Ignore
        $single, $half = 'Float32', 'Float16' | ForEach-Object { (Import-FeatureMatrix made.npz -Set Query -ElementType $_).WithRole('None') }
        Remove-Item made.npz
        Get-Bits $single.ToArray() | Should -Be (Get-Bits $made.Values)
        foreach ($row in 0, 7, ($Rows - 1)) { $half.GetRow($row) | Should -Be ($single.GetRow($row) | ForEach-Object { [float] [Half] $_ }) }

        foreach ($matrix in $single, $half) {
            $back, $part = Get-Shown '$matrix | Export-FeatureMatrix $file -Force; Import-FeatureMatrix $file; Import-FeatureMatrix $file -Index (9..40) -Columns 3, 5' @{
                matrix = $matrix; file = "f.$Ending" }
            Get-Bits $back.ToArray() | Should -Be (Get-Bits $matrix.ToArray())
            Get-Bits $part.ToArray() | Should -Be (Get-Bits ($matrix | Select-FeatureMatrix -Index (9..40) -Columns 3, 5).ToArray())
            if ($Ending -notin 'npy', 'fvecs') { "$($back.Labels)|$($back.Cameras)" | Should -Be "$($matrix.Labels)|$($matrix.Cameras)" }
        }
    }
}

Describe 'A file that other programs write' {
    # The matrix of tests/data/matrix, (7 i + 3 j) mod 11, in each element type of each format.
    It 'is read where it is small' {
        $folder = Get-RepositoryPath tests data matrix
        $files = Get-ChildItem $folder
        $read = Get-Shown 'Get-ChildItem $folder | Import-FeatureMatrix' @{ folder = $folder }
        $read.Count | Should -Be $files.Count
        $files.Count | Should -BeGreaterThan 90
        for ($place = 0; $place -lt $files.Count; $place++) {
            $divisor = $files[$place].BaseName.EndsWith('bool') ? 2 : 11
            $expected = 0..4 | ForEach-Object { $i = $_; 0..3 | ForEach-Object { (7 * $i + 3 * $_) % 11 % $divisor } }
            @($read[$place].ToArray()) | Should -Be $expected -Because $files[$place].Name
        }
    }

    # Whole files in which readers once took the place in the compressed or wrapped stream for the place in the file.
    It 'is read whichever way its parts are packed: <_>' -ForEach 'arrow/polars_zstd.arrow', 'arrow/polars_lz4.arrow', 'arrow/js_stream.arrows', 'vectors/members.tsv.gz' {
        (Get-Shown 'Import-FeatureMatrix $file' @{ file = Get-RepositoryPath tests data $_ }).RowCount | Should -BeGreaterThan 0
    }

    It 'is read where it is large: <Kind>' -ForEach @(
        @{ Kind = 'bvecs'; Write = { param($Path, $Values) Write-Vecs $Path $Values byte } }
        @{ Kind = 'ivecs'; Write = { param($Path, $Values) Write-Vecs $Path $Values int } }
        @{ Kind = 'pkl'; Write = { param($Path, $Values) Write-Pickle $Path $Values } }
        @{ Kind = 'pt'; Write = { param($Path, $Values) Write-Torch $Path $Values } }
        @{ Kind = 'mat'; Write = { param($Path, $Values) $set = [GnnReRank.Tests.LabelledRows]::new($Values, [long[]]::new(1200), [int[]]::new(1200)); Write-MatSets $Path $set $set }; Set = 'Query' }
        @{ Kind = 'a folder of .npy'; Write = { param($Path, $Values) Write-Folder $Path $Values } }
    ) {
        function Write-Vecs($Path, [float[,]] $Values, [type] $Element) {
            $writer = [IO.BinaryWriter]::new([IO.File]::Create($Path))
            for ($i = 0; $i -lt 1200; $i++) {
                $writer.Write(128)
                for ($j = 0; $j -lt 128; $j++) { $writer.Write($Values[$i, $j] -as $Element) }
            }
            $writer.Dispose()
        }
        function Write-Folder($Path, [float[,]] $Values) {
            $null = New-Item -ItemType Directory $Path
            $row = [float[,]]::new(1, 128)
            for ($i = 0; $i -lt 1200; $i++) {
                [Buffer]::BlockCopy($Values, $i * 512, $row, 0, 512)
                Write-Npy "$Path/$($i.ToString('D4')).npy" $row
            }
        }

        $values = New-WholeRows 1200 128
        $path = Join-Path $TestDrive "large.$Kind"
        & $Write $path $values
        $part = $Set ? @{ Set = $Set } : @{}
        Get-Bits (Get-Shown 'Import-FeatureMatrix $path @part' @{ path = $path; part = $part }).ToArray() | Should -Be (Get-Bits $values)
    }

    It 'is read where it is large and column-major' {
        $values = New-WholeRows 1200 128
        Write-Npy large.npy $values
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/large.npy")
        $header = [Text.Encoding]::Latin1.GetString($bytes, 0, 128).Replace("'fortran_order': False, 'shape': (1200, 128)", "'fortran_order': True, 'shape': (128, 1200) ")
        [Text.Encoding]::Latin1.GetBytes($header).CopyTo($bytes, 0)
        [IO.File]::WriteAllBytes("$TestDrive/turned.npy", $bytes)
        $turned = Get-Shown 'Import-FeatureMatrix turned.npy'
        0, 77, 127 | ForEach-Object { $column = $_; $turned.GetRow($column) | Should -Be (0..1199 | ForEach-Object { $values[$_, $column] }) }
    }

    It 'is mapped where it is large' {
        Write-Npy mapped.npy (New-LabelledRows 1200 128 9 -Seed 1).Values -Half
        $mapped, $read = Get-Shown 'Import-FeatureMatrix mapped.npy -MemoryMapped; Import-FeatureMatrix mapped.npy'
        $mapped.IsMemoryMapped, $read.IsMemoryMapped | Should -Be $true, $false
        Get-Bits $mapped.ToArray() | Should -Be (Get-Bits $read.ToArray())
    }
}

Describe 'A file of a <Size> graph, .<Ending>,' -ForEach @(
    @{ Ending = 'parquet'; Size = 'small'; Rows = 60; K = 5 }, @{ Ending = 'parquet'; Size = 'large'; Rows = 3000; K = 40 }
    @{ Ending = 'npy'; Size = 'small'; Rows = 60; K = 5 }, @{ Ending = 'npy'; Size = 'large'; Rows = 3000; K = 40 }
) {
    It 'gives back what was written' {
        $graph = New-NeighborGraph -Gallery (ConvertTo-FeatureMatrix -InputObject (New-LabelledRows $Rows 8 9 -Seed 1).Values) -K $K
        $back = Get-Shown '$graph | Export-NeighborGraph $file -Force; Import-NeighborGraph $file' @{ graph = $graph; file = "g.$Ending" }
        Join-List $back GetNeighbors $Rows | Should -BeExactly (Join-List $graph GetNeighbors $Rows)
        Join-List $back GetScores $Rows | Should -BeExactly (Join-List $graph GetScores $Rows)
    }
}

Describe 'A file of a <Size> ranking, .<Ending>,' -ForEach $rankingFiles {
    It 'has each place of each list' {
        $query, $gallery = $Rows, $Columns | ForEach-Object { ConvertTo-FeatureMatrix -InputObject (New-LabelledRows $_ 8 9 -Seed $_).Values }
        $ranking = Search-FeatureMatrix $query $gallery
        Get-Shown '$ranking | Export-Ranking $file -Force' @{ ranking = $ranking; file = "r.$Ending" } | Should -BeNullOrEmpty
        $places = switch ($Ending) {
            'jsonl' { Get-Content r.jsonl | ConvertFrom-Json | ForEach-Object { $_.results.gallery_index } }
            'trec' { Get-Content r.trec | ForEach-Object { [int] $_.Split(' ')[2].Substring(1) } }
            { $_ -in 'csv', 'parquet' } {
                $table = Import-FeatureMatrix "r.$Ending" -FeatureColumn ($Ending -eq 'csv' ? 'GalleryIndex' : 'gallery_index'), rank
                $values = $table.ToArray()
                for ($place = 0; $place -lt $table.RowCount; $place++) { [int] $values[$place, 0] }
            }
        }
        $places -join ' ' | Should -BeExactly (Join-List $ranking GetIndices $Rows)
    }
}
