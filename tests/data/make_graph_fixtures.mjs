// Writes the graph fixtures of USearch and DuckDB, of the rows that make_graph_fixtures.py made.
//
//   mkdir fixtures && cd fixtures && npm init -y
//   npm install @duckdb/node-api@1.5.6-r.1 usearch
//   cp .../tests/data/make_graph_fixtures.mjs . && node make_graph_fixtures.mjs .../tests/data
import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import usearch from 'usearch';

const folder = `${process.argv[2]}/graphs`;
const [rowCount, dimension, k] = [30, 4, 8];
const bytes = readFileSync(`${folder}/rows.npy`);
const rows = new Float32Array(bytes.buffer.slice(bytes.byteOffset + bytes.length - 4 * rowCount * dimension, bytes.byteOffset + bytes.length));
const row = (i) => rows.subarray(i * dimension, (i + 1) * dimension);

writeUSearch();
await writeDuckDB();

function writeUSearch() {
  const index = new usearch.Index({ metric: 'cos', dimensions: dimension, connectivity: 16 });
  for (let i = 0; i < rowCount; i++) index.add(BigInt(i), row(i));
  const header = new Uint32Array([rowCount, k]);
  const keys = new Uint32Array(rowCount * k).fill(0xFFFFFFFF);
  const distances = new Float32Array(rowCount * k).fill(NaN);
  for (let i = 0; i < rowCount; i++) {
    const found = index.search(row(i), k, 1);
    found.keys.forEach((key, place) => { keys[i * k + place] = Number(key); });
    distances.set(found.distances, i * k);
  }

  // The last list as a search that found less leaves it, in the layout of cuVS and the big-ann benchmarks.
  keys.fill(0xFFFFFFFF, rowCount * k - 3);
  distances.fill(NaN, rowCount * k - 3);
  writeFileSync(`${folder}/usearch_cos.ibin`, Buffer.concat([Buffer.from(header.buffer), Buffer.from(keys.buffer)]));
  writeFileSync(`${folder}/usearch_cos.fbin`, Buffer.concat([Buffer.from(header.buffer), Buffer.from(distances.buffer)]));
}

async function writeDuckDB() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`create table rows (id integer, name varchar, v float[${dimension}])`);
  for (let i = 0; i < rowCount; i++) {
    await connection.run(`insert into rows values (${i}, 'img_${String(i).padStart(4, '0')}.jpg', [${[...row(i)].join(', ')}]::float[${dimension}])`);
  }

  // Each row's seven nearest others: the row itself is left out, as such queries do.
  await connection.run(`create table pairs as
    select a.id as id, b.id as neighbor_id, a.name as source, b.name as target, array_cosine_distance(a.v, b.v) as distance,
           array_inner_product(a.v, b.v) as score
    from rows a join rows b on a.id <> b.id
    qualify row_number() over (partition by a.id order by array_cosine_distance(a.v, b.v), b.id) < ${k}`);
  const copy = (file, select) => connection.run(`copy (${select}) to '${folder}/${file}' (format parquet, compression uncompressed)`);
  await copy('duckdb_pairs.parquet', `select id, neighbor_id, distance from pairs order by hash(id * 100 + neighbor_id)`);
  await copy('duckdb_names.parquet', `select source, target, score from pairs order by source, score desc`);
  await copy('duckdb_lists.parquet', `select id::bigint as id, list(neighbor_id::bigint order by distance) as neighbors,
    list(distance order by distance) as distances from pairs group by id order by id desc`);
  await copy('duckdb_structs.parquet', `select source as name,
    list({'id': target, 'similarity': (1 - distance)::float} order by distance) as matches from pairs group by source order by source`);
}
