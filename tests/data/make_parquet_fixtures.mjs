// Writes the Parquet and CSV fixtures of other programs: DuckDB, and the Rust parquet crate (parquet-wasm) fed by Apache Arrow for JavaScript.
//
//   mkdir fixtures && cd fixtures && npm init -y
//   npm install @duckdb/node-api@1.5.6-r.1 apache-arrow@21.2.0 parquet-wasm@0.8.0
//   cp .../tests/data/make_parquet_fixtures.mjs . && node make_parquet_fixtures.mjs .../tests/data
//
// Row i, dimension j (0-based) is ((7 i + 3 j) mod 11 - 5) / 4, which float16 holds exactly; label i mod 5, camera i mod 3 + 1,
// name img_<i in four digits>.jpg. The tests compute the same formula on their own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';
import * as parquet from 'parquet-wasm/node';

const target = process.argv[2];
mkdirSync(`${target}/parquet`, { recursive: true });
mkdirSync(`${target}/text`, { recursive: true });

const value = (i, j) => ((7 * i + 3 * j) % 11 - 5) / 4;
const range = (n) => Array.from({ length: n }, (_, i) => i);
const name = (i) => `img_${String(i).padStart(4, '0')}.jpg`;

await writeWithDuckDB();
writeWithArrow();

async function writeWithDuckDB() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const cell = (i, j) => `((7 * ${i} + 3 * ${j}) % 11 - 5) / 4.0`;
  const list = (type, d = 6) => `[x::${type} for x in list_transform(range(${d}), lambda j : ${cell('i', 'j')})]`;
  const columns = (type, order, prefix) => order.map((j) => `(${cell('i', j)})::${type} as "${prefix}${j}"`).join(', ');
  const known = `(i % 5)::bigint as label, (i % 3 + 1)::integer as camera, printf('img_%04d.jpg', i) as name`;
  const rows = (n = 40) => `from range(${n}) r(i) order by i`;
  const copy = (file, select, options = 'format parquet') => connection.run(`copy (${select}) to '${target}/${file}' (${options})`);

  await copy('parquet/duckdb_list_float_snappy.parquet', `select ${list('float')} as feature, ${known} ${rows()}`);
  await copy('parquet/duckdb_array_float_zstd.parquet', `select ${known}, (${list('float')})::float[6] as embedding ${rows()}`,
    'format parquet, compression zstd');
  await copy('parquet/duckdb_list_double_gzip.parquet', `select ${list('double')} as features, (i % 5)::smallint as pid ${rows()}`,
    'format parquet, compression gzip');
  await copy('parquet/duckdb_list_int_brotli.parquet', `select [(4 * x)::integer for x in ${list('double')}] as vector ${rows()}`,
    'format parquet, compression brotli');
  await copy('parquet/duckdb_list_decimal.parquet', `select ${list('decimal(9, 2)')} as x, (i % 5)::varchar as label ${rows()}`);
  await copy('parquet/duckdb_columns_double_uncompressed.parquet',
    `select ${columns('double', [0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9], 'f')}, (i % 5)::double as id, width: 64 ${rows()}`,
    'format parquet, compression uncompressed');
  await copy('parquet/duckdb_columns_lz4_v2.parquet', `select ${columns('float', range(4), 'feature_')}, ${known} ${rows()}`,
    'format parquet, compression lz4_raw, parquet_version v2');
  await copy('parquet/duckdb_row_groups.parquet', `select ${list('float', 4)} as feature, ${known} ${rows(5000)}`,
    'format parquet, compression zstd, row_group_size 2048');
  await copy('parquet/duckdb_sets.parquet',
    `select ${list('float')} as feature, ${known}, case i % 4 when 0 then 'query' when 1 then 'train' else 'gallery' end as split ${rows()}`);
  await copy('parquet/duckdb_ragged.parquet', `select ${list('float', "case i when 7 then 5 else 6 end")} as feature ${rows(10)}`);
  await copy('parquet/duckdb_null_list.parquet', `select case i when 7 then null else ${list('float')} end as feature ${rows(10)}`);
  await copy('parquet/duckdb_null_element.parquet',
    `select [case when i = 7 and x < 0 then null else x end for x in ${list('float')}] as feature ${rows(10)}`);
  await copy('parquet/duckdb_null_label.parquet',
    `select ${list('float')} as feature, case i when 7 then null else i end as label ${rows(10)}`);
  await copy('parquet/duckdb_text_label.parquet',
    `select ${list('float')} as feature, case i when 7 then 'cat' else i::varchar end as label ${rows(10)}`);
  await copy('text/duckdb_named.csv', `select ${known.replace("'img_%04d.jpg'", "'img, \"%04d\".jpg'")}, ${columns('float', range(6), 'f')} ${rows()}`,
    'format csv, header');
  await copy('text/duckdb_tabs.tsv', `select ${columns('float', range(6), 'x')}, (i % 5) as label ${rows()}`,
    "format csv, header, delimiter '\t'");
}

function writeWithArrow() {
  const n = 40;
  const d = 6;
  const fixedSizeList = (type) => {
    const list = new arrow.FixedSizeList(d, new arrow.Field('item', type, false));
    return arrow.vectorFromArray(range(n).map((i) => range(d).map((j) => value(i, j))), list);
  };
  const halves = new arrow.Table({
    features: fixedSizeList(new arrow.Float16()),
    label: arrow.vectorFromArray(range(n).map((i) => i % 5), new arrow.Uint16()),
    name: arrow.vectorFromArray(range(n).map(name), new arrow.Utf8()),
  });
  write('rust_fixed_float16.parquet', halves, (p) => p.setCompression(parquet.Compression.ZSTD));
  const split = new arrow.Table({ feature: fixedSizeList(new arrow.Float32()) });
  write('rust_byte_stream_split.parquet', split, (p) => p
    .setCompression(parquet.Compression.LZ4_RAW).setDictionaryEnabled(false)
    .setEncoding(parquet.Encoding.BYTE_STREAM_SPLIT).setWriterVersion(parquet.WriterVersion.V2));
}

function write(file, table, configure) {
  const properties = configure(new parquet.WriterPropertiesBuilder()).build();
  const wasm = parquet.Table.fromIPCStream(arrow.tableToIPC(table, 'stream'));
  writeFileSync(`${target}/parquet/${file}`, parquet.writeParquet(wasm, properties));
}
