<#
.SYNOPSIS
    What methods gain over plain cosine on a folder of data sets: docs/default-method.md's tables.
.DESCRIPTION
    Each .npz of the folder holds query_f, query_label, gallery_f, gallery_label and, where there are cameras, query_cam and
    gallery_cam. Every method re-ranks every set; a row tells the set, cosine's mAP and R@1, and what each method adds, in points.
    At the end, over the sets of 1,000 rows and more: the mean and the worst of each.
.EXAMPLE
    ./Measure-Methods.ps1 sets
.EXAMPLE
    ./Measure-Methods.ps1 sets -CenterCamera -Csv gains.csv
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Folder,

    # A name for each column, and what Invoke-ReRank is given for it.
    [Collections.IDictionary] $Method = [ordered] @{
        'Diffusion'     = @{}
        'GNN automatic' = @{ Method = 'Gnn' }
        'GNN 26/7'      = @{ Method = 'Gnn'; K1 = 26; K2 = 7 }
        'GNN 20/4'      = @{ Method = 'Gnn'; K1 = 20; K2 = 4 }
        'GNN 10/4'      = @{ Method = 'Gnn'; K1 = 10; K2 = 4 }
        'GNN 4/2'       = @{ Method = 'Gnn'; K1 = 4; K2 = 2 }
    },

    # Sets of fewer rows are shown and do not count in the summary.
    [int] $LeastRows = 1000,

    # Centre the features by camera first, for cosine too; sets without cameras are left out.
    [switch] $CenterCamera,

    # Where to write the rows.
    [string] $Csv
)

$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/../../GnnReRank.psd1
$measuring = @{ ApKind = 'Trapezoid' }
$rows = foreach ($file in Get-ChildItem -LiteralPath $Folder -Filter *.npz | Sort-Object Name) {
    $query, $gallery = Import-FeatureMatrix -LiteralPath $file.FullName -Set Query, Gallery
    if ($CenterCamera -and -not $query.HasCameras) { continue }
    $centred = if ($CenterCamera) { @{ CenterCamera = $true } } else { @{} }
    $plain = Search-FeatureMatrix $query $gallery @centred | Measure-RetrievalAccuracy @measuring
    $row = [ordered] @{
        Set    = $file.BaseName
        Rows   = $query.RowCount + $gallery.RowCount
        Cosine = '{0:0.0}/{1:0.0}' -f (100 * $plain.mAP), (100 * $plain.Rank1)
    }
    $graph = New-NeighborGraph $query $gallery @centred
    foreach ($name in $Method.Keys) {
        $given = $Method[$name]
        $result = $graph | Invoke-ReRank @given -WarningAction SilentlyContinue | Measure-RetrievalAccuracy @measuring
        $row[$name] = [pscustomobject] @{ Map = 100 * ($result.mAP - $plain.mAP); Rank1 = 100 * ($result.Rank1 - $plain.Rank1) }
    }

    [pscustomobject] $row
    Write-Verbose "$($file.BaseName) is done."
}

$text = @{}
foreach ($name in $Method.Keys) { $text["$name"] = { '{0:+0.0;-0.0;0.0}/{1:+0.0;-0.0;0.0}' -f $_.$name.Map, $_.$name.Rank1 }.GetNewClosure() }
$columns = @('Set', 'Rows', 'Cosine') + @($Method.Keys | ForEach-Object { @{ Name = "$_"; Expression = $text["$_"] } })
$shown = $rows | Select-Object $columns
if ($Csv) { $shown | Export-Csv -LiteralPath $Csv }
$shown | Format-Table -AutoSize | Out-String -Width 200

$counted = @($rows | Where-Object Rows -GE $LeastRows)
"Over the $($counted.Count) sets of at least $LeastRows rows, mAP and R@1 in points against cosine:"
$Method.Keys | ForEach-Object {
    $map = $counted.$_.Map | Measure-Object -Average -Minimum
    $first = $counted.$_.Rank1 | Measure-Object -Average -Minimum
    [pscustomobject] @{
        Method    = $_
        mAP       = '{0:+0.00;-0.00}' -f $map.Average
        WorstmAP  = '{0:+0.00;-0.00}' -f $map.Minimum
        Rank1     = '{0:+0.00;-0.00}' -f $first.Average
        WorstRank1 = '{0:+0.00;-0.00}' -f $first.Minimum
    }
} | Format-Table -AutoSize
