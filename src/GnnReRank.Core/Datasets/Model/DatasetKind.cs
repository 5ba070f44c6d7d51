namespace GnnReRank;

/// <summary>Published data sets whose truth can be read as it is published.</summary>
public enum DatasetKind
{
    /// <summary>Market-1501: folders query and bounding_box_test of images such as 0002_c1s1_000451_03.jpg.</summary>
    Market1501,

    /// <summary>DukeMTMC-reID: folders query and bounding_box_test of images such as 0005_c2_f0046985.jpg.</summary>
    DukeMtmc,

    /// <summary>MSMT17: list_query.txt and list_gallery.txt, or images in folders.</summary>
    Msmt17,

    /// <summary>CUHK03 by the new protocol: cuhk03_new_protocol_config_detected.mat or ..._labeled.mat.</summary>
    Cuhk03NP,

    /// <summary>CUHK03 before the new protocol: every identity's images of two cameras.</summary>
    Cuhk03Classic,

    /// <summary>VeRi-776: folders image_query and image_test of images such as 0002_c002_00030600_0.jpg.</summary>
    VeRi776,

    /// <summary>VehicleID: train_test_split/test_list_800.txt, ..._1600.txt or ..._2400.txt.</summary>
    VehicleId,

    /// <summary>University-1652: folders query_drone, gallery_satellite and so on, with a folder a building.</summary>
    University1652,

    /// <summary>Oxford-5k: the text files LANDMARK_N_query.txt, _good, _ok and _junk.</summary>
    Oxford5k,

    /// <summary>Paris-6k: the text files LANDMARK_N_query.txt, _good, _ok and _junk.</summary>
    Paris6k,

    /// <summary>Revisited Oxford: gnd_roxford5k.pkl or .mat.</summary>
    ROxford5k,

    /// <summary>Revisited Paris: gnd_rparis6k.pkl or .mat.</summary>
    RParis6k,

    /// <summary>Google Landmarks v2: retrieval_solution_v2.1.csv, and index.csv where it is there.</summary>
    Gldv2,

    /// <summary>Stanford Online Products: Ebay_test.txt.</summary>
    StanfordOnlineProducts,

    /// <summary>CUB-200-2011: images.txt and image_class_labels.txt; classes 101 to 200 are the test set.</summary>
    Cub200,

    /// <summary>Cars196: cars_annos.mat; classes 99 to 196 are the test set.</summary>
    Cars196,

    /// <summary>Relevance judgements of TREC (qrels): lines 'query 0 document grade', over a query and a gallery matrix with names.</summary>
    Qrels,
}
