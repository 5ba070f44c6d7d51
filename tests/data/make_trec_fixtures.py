"""Writes trec/other.run, trec/judged.qrels and trec/measured.json, which holds what trec_eval 10.0 says of the two. It was built to
print 12 digits after the point instead of 4.

    python3 make_trec_fixtures.py PATH_OF_TREC_EVAL

The run is as other programs write them: lines of a query apart, tabs, ranks that mean nothing, scores that tie, lists of different
lengths, queries that nobody judged. Grades go from -2 to 3; one judged query has no relevant document, and two have no list.
"""
import json
import random
import subprocess
import sys

random.seed(20120762)
QUERIES = [f"topic-{i}" for i in range(14)]
DOCUMENTS = [f"query/{i:04d}_c{i % 3 + 1}.jpg" for i in range(34)] + ["é.jpg", "e.jpg", "Z", "￿", "\U0001F600", "a_b"]


def write_run(path):
    lines = []
    for number, query in enumerate(QUERIES[:12]):
        for document in random.sample(DOCUMENTS, random.choice([1, 7, 17, 29, 40, 40])):
            score = random.choice(["%.2f" % random.random(), "%d" % random.randint(-2, 2), "%.9f" % (0.5 + random.random() * 1e-8), "%.3e" % random.random()])
            separator = "\t" if number % 2 else "  "
            lines.append(separator.join([query, "Q0", document, str(random.randint(0, 3)), score, "BM25"]))
    random.shuffle(lines)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


def write_qrels(path):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for query in QUERIES[2:]:
            for document in random.sample(DOCUMENTS, 15):
                grade = 0 if query == "topic-5" else random.choice([-2, -1, 0, 0, 1, 1, 2, 3])
                file.write(f"{query} 0 {document} {grade}\n")


def measure(trec_eval):
    measures = ["map", "recip_rank", "success.1,5,10", "Rprec", "num_rel", "num_ret"]
    command = [trec_eval, "-q", "-c"] + [word for measure in measures for word in ("-m", measure)] + ["trec/judged.qrels", "trec/other.run"]
    figures = {}
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        measure, query, value = line.split()
        figures.setdefault(query, {})[measure] = float(value)
    return figures


write_run("trec/other.run")
write_qrels("trec/judged.qrels")
with open("trec/measured.json", "w", encoding="utf-8", newline="\n") as file:
    json.dump({"queries": QUERIES, "documents": DOCUMENTS, "figures": measure(sys.argv[1])}, file, indent=1, ensure_ascii=False)
    file.write("\n")
