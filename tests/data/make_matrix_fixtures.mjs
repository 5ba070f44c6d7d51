// Writes the Parquet and Arrow files of tests/data/matrix: one for each element type, by the Rust parquet crate (parquet-wasm) and
// Apache Arrow for JavaScript.
//
//   mkdir fixtures && cd fixtures && npm init -y && npm install apache-arrow@21.2.0 parquet-wasm@0.8.0
//   cp .../tests/data/make_matrix_fixtures.mjs . && node make_matrix_fixtures.mjs .../tests/data
//
// Row i, column j (5 x 4, 0-based) is (7 i + 3 j) mod 11. The tests compute it again.
import { mkdirSync, writeFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';
import * as parquet from 'parquet-wasm/node';

const folder = `${process.argv[2]}/matrix`;
mkdirSync(folder, { recursive: true });

const range = (n) => Array.from({ length: n }, (_, i) => i);
const types = {
  float16: new arrow.Float16(), float32: new arrow.Float32(), float64: new arrow.Float64(),
  int8: new arrow.Int8(), int16: new arrow.Int16(), int32: new arrow.Int32(), int64: new arrow.Int64(),
  uint8: new arrow.Uint8(), uint16: new arrow.Uint16(), uint32: new arrow.Uint32(), uint64: new arrow.Uint64(),
};

for (const [name, type] of Object.entries(types)) {
  const list = new arrow.FixedSizeList(4, new arrow.Field('item', type, false));
  const number = (value) => (name.endsWith('int64') ? BigInt(value) : value);
  const rows = range(5).map((i) => range(4).map((j) => number((7 * i + 3 * j) % 11)));
  const table = new arrow.Table({ features: arrow.vectorFromArray(rows, list) });
  writeFileSync(`${folder}/arrow_${name}.arrow`, arrow.tableToIPC(table, 'file'));
  const wasm = parquet.Table.fromIPCStream(arrow.tableToIPC(table, 'stream'));
  writeFileSync(`${folder}/parquet_${name}.parquet`, parquet.writeParquet(wasm, new parquet.WriterPropertiesBuilder().build()));
}
