// Writes the Arrow IPC fixtures: Apache Arrow for JavaScript, and Polars for the compressed ones.
//
//   mkdir fixtures && cd fixtures && npm init -y
//   npm install apache-arrow@21.2.0 nodejs-polars@0.26.1
//   cp .../tests/data/make_arrow_fixtures.mjs . && node make_arrow_fixtures.mjs .../tests/data
//
// Row i, dimension j (0-based) is ((7 i + 3 j) mod 11 - 5) / 4, which float16 holds exactly; label i mod 5, camera i mod 3 + 1,
// name img_<i in four digits>.jpg, as in make_parquet_fixtures.mjs. The tests compute the same formula on their own.
import { mkdirSync, writeFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';
import pl from 'nodejs-polars';

const target = `${process.argv[2]}/arrow`;
mkdirSync(target, { recursive: true });

const value = (i, j) => ((7 * i + 3 * j) % 11 - 5) / 4;
const range = (n) => Array.from({ length: n }, (_, i) => i);
const name = (i) => `img_${String(i).padStart(4, '0')}.jpg`;
const rows = (n, d, of = value) => range(n).map((i) => range(d).map((j) => of(i, j)));
const n = 40;
const d = 6;

const fixed = (type) => arrow.vectorFromArray(rows(n, d), new arrow.FixedSizeList(d, new arrow.Field('item', type, false)));
const list = (type, values = rows(n, d)) => arrow.vectorFromArray(values, new arrow.List(new arrow.Field('item', type, true)));
const known = {
  label: arrow.vectorFromArray(range(n).map((i) => BigInt(i % 5)), new arrow.Int64()),
  camera: arrow.vectorFromArray(range(n).map((i) => i % 3 + 1), new arrow.Int8()),
  name: arrow.vectorFromArray(range(n).map(name), new arrow.Utf8()),
};
const save = (file, table, kind = 'file') => writeFileSync(`${target}/${file}`, arrow.tableToIPC(table, kind));

save('js_fixed_float32.arrow', new arrow.Table({ ...known, feature: fixed(new arrow.Float32()) }));
save('js_fixed_float16.arrow', new arrow.Table({ feature: fixed(new arrow.Float16()), ...known }));
save('js_list_float64.feather', new arrow.Table({ embedding: list(new arrow.Float64()), ...known }));
save('js_stream.arrows', new arrow.Table({ feature: list(new arrow.Float32()), ...known }), 'stream');
save('js_list_int16.arrow', new arrow.Table({
  feature: list(new arrow.Int16(), rows(n, d, (i, j) => 4 * value(i, j))),
  label: arrow.vectorFromArray(range(n).map((i) => i % 5), new arrow.Float64()),
}));
save('js_columns.arrow', new arrow.Table({
  ...Object.fromEntries(range(d).map((j) => [`f${j}`, arrow.vectorFromArray(range(n).map((i) => value(i, j)), new arrow.Float32())])),
  label: arrow.vectorFromArray(range(n).map((i) => String(i % 5)), new arrow.Utf8()),
}));
save('js_dictionary.arrow', new arrow.Table({
  feature: fixed(new arrow.Float32()),
  label: arrow.vectorFromArray(range(n).map((i) => String(i % 5)), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())),
  name: arrow.vectorFromArray(range(n).map(name), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16())),
}));
const sets = new arrow.Table({
  feature: fixed(new arrow.Float32()),
  split: arrow.vectorFromArray(range(n).map((i) => ['query', 'train', 'gallery'][i % 3]), new arrow.Utf8()),
  ...known,
});
save('js_sets.arrow', sets);
const batch = (first, count) => new arrow.Table({ feature: arrow.vectorFromArray(rows(n, d).slice(first, first + count), new arrow.FixedSizeList(d, new arrow.Field('item', new arrow.Float32(), false))) });
save('js_batches.arrow', batch(0, 17).concat(batch(17, 20)).concat(batch(37, 3)));
save('js_null_element.arrow', new arrow.Table({ feature: list(new arrow.Float32(), rows(n, d, (i, j) => i === 7 && j === 2 ? null : value(i, j))) }));
save('js_null_list.arrow', new arrow.Table({ feature: list(new arrow.Float32(), rows(n, d).map((row, i) => i === 7 ? null : row)) }));
save('js_ragged.arrow', new arrow.Table({ feature: list(new arrow.Float32(), rows(n, d).map((row, i) => i === 7 ? row.slice(1) : row)) }));
save('js_null_label.arrow', new arrow.Table({
  feature: fixed(new arrow.Float32()),
  label: arrow.vectorFromArray(range(n).map((i) => i === 7 ? null : i), new arrow.Int32()),
}));

const frame = pl.DataFrame({
  ...Object.fromEntries(range(d).map((j) => [`f${j}`, range(200).map((i) => value(i, j))])),
  label: range(200).map((i) => i % 5),
});
for (const compression of ['lz4', 'zstd', 'uncompressed']) {
  frame.writeIPC(`${target}/polars_${compression}.arrow`, { compression });
}
