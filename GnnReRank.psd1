@{
    RootModule = 'module/GnnReRank.dll'
    ModuleVersion = '0.1.0'
    GUID = '7f0f8f6e-2b0a-4a52-9e0c-7d1c64ad1f35'
    Author = 'GnnReRank contributors'
    CompanyName = 'GnnReRank contributors'
    Copyright = 'Copyright (c) GnnReRank contributors. MIT licence.'
    Description = 'Improves image-retrieval results: re-ranks a gallery for each query with the GNN re-ranking of Zhang et al. (arXiv:2012.07620), and measures mAP, CMC and mINP.'

    PowerShellVersion = '7.6'
    CompatiblePSEditions = @('Core')

    # Loaded before TypesToProcess, which names what carries results through jobs.
    RequiredAssemblies = @('module/GnnReRank.dll')

    # Comes first: it answers for the engine, which lies with its dependencies in module/lib, from a load context of their own.
    NestedModules = @('module/GnnReRank.Loader.dll')
    TypesToProcess = @('module/GnnReRank.Types.ps1xml')
    FormatsToProcess = @('module/GnnReRank.Format.ps1xml')

    CmdletsToExport = @(
        'Add-ReRankIndexItem'
        'Compare-ReRankMethod'
        'Compare-RetrievalAccuracy'
        'Convert-FeatureMatrix'
        'ConvertTo-FeatureMatrix'
        'Expand-Ranking'
        'Export-FeatureMatrix'
        'Export-FeatureTransform'
        'Export-NeighborGraph'
        'Export-Ranking'
        'Export-RankingReport'
        'Export-ReRankIndex'
        'Find-ReRankParameter'
        'Get-ReRankClusterJob'
        'Get-ReRankDevice'
        'Import-FeatureMatrix'
        'Import-FeatureTransform'
        'Import-NeighborGraph'
        'Import-Ranking'
        'Import-ReRankIndex'
        'Import-RetrievalDataset'
        'Invoke-GnnReRank'
        'Invoke-ReRank'
        'Join-FeatureMatrix'
        'Measure-RetrievalAccuracy'
        'Merge-FeatureMatrix'
        'Merge-Ranking'
        'New-FeatureTransform'
        'New-NeighborGraph'
        'New-ReRankClusterJob'
        'New-ReRankIndex'
        'Receive-ReRankClusterJob'
        'Remove-ReRankIndexItem'
        'Resume-ReRankClusterJob'
        'Search-FeatureMatrix'
        'Search-ReRankIndex'
        'Select-FeatureMatrix'
        'Show-Ranking'
        'Start-ReRankClusterJob'
        'Stop-ReRankClusterJob'
        'Wait-ReRankClusterJob'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()

    PrivateData = @{
        PSData = @{
            Tags = @(
                'ImageRetrieval', 'ReRanking', 'ReIdentification', 'NearestNeighbor', 'GraphNeuralNetwork'
                'Embeddings', 'mAP', 'Parquet', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            )
            ReleaseNotes = 'CHANGELOG.md, beside this manifest, says what is new in each version. The licence is MIT: see LICENSE beside it.'
        }
    }
}
