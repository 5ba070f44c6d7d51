namespace GnnReRank.Binding;

/// <summary>Completes a data set, with what is read of it.</summary>
public sealed class DatasetKindCompleter() : ValueCompleter(
    ("Market1501", "Market-1501, persons: folders query and bounding_box_test."),
    ("DukeMtmc", "DukeMTMC-reID, persons: folders query and bounding_box_test."),
    ("Msmt17", "MSMT17, persons: list_query.txt and list_gallery.txt."),
    ("Cuhk03NP", "CUHK03 by the new protocol, persons: cuhk03_new_protocol_config_detected.mat or ..._labeled.mat."),
    ("Cuhk03Classic", "CUHK03 before the new protocol, persons: a folder of images such as 1_001_1_01.png."),
    ("VeRi776", "VeRi-776, vehicles: name_query.txt and name_test.txt, or folders image_query and image_test."),
    ("VehicleId", "PKU VehicleID, vehicles: train_test_split/test_list_800.txt, ..._1600.txt, ..._2400.txt."),
    ("University1652", "University-1652, buildings from drones and satellites: folders query_drone, gallery_satellite, ..."),
    ("Oxford5k", "Oxford-5k, landmarks: the text files of queries, good, ok and junk."),
    ("Paris6k", "Paris-6k, landmarks: the text files of queries, good, ok and junk."),
    ("ROxford5k", "Revisited Oxford, landmarks: gnd_roxford5k.pkl or .mat."),
    ("RParis6k", "Revisited Paris, landmarks: gnd_rparis6k.pkl or .mat."),
    ("Gldv2", "Google Landmarks v2 retrieval: retrieval_solution_v2.1.csv, and index.csv."),
    ("StanfordOnlineProducts", "Stanford Online Products: Ebay_test.txt."),
    ("Cub200", "CUB-200-2011, birds: images.txt and image_class_labels.txt; the classes 101 to 200."),
    ("Cars196", "Cars196: cars_annos.mat; the classes 99 to 196."),
    ("Qrels", "Relevance judgements of TREC: lines 'query 0 document grade'. Needs -Query and -Gallery."));
