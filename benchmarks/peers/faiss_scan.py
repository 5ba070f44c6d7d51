"""faiss: one query at a time against IndexFlatIP. ROWS DIMENSION THREADS."""
import statistics
import sys
import time

import faiss
import numpy

rows, dimension, threads = (int(argument) for argument in sys.argv[1:4])
faiss.omp_set_num_threads(threads)
rng = numpy.random.default_rng(1)
x = rng.standard_normal((rows, dimension), dtype=numpy.float32)
faiss.normalize_L2(x)
index = faiss.IndexFlatIP(dimension)
index.add(x)
times = []
for query in range(220):
    start = time.perf_counter()
    index.search(x[query:query + 1], 100)
    times.append(1000 * (time.perf_counter() - start))
print(f"faiss {faiss.__version__}, {threads} threads: {statistics.median(times[20:]):.2f} ms a query, best {min(times):.2f} ms")
