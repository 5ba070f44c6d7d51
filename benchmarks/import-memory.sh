#!/bin/sh
# Peak memory of imports beside the bytes of the rows kept. Needs Linux, python3, and a built solution.
# Usage: import-memory.sh [ROWS] [COLUMNS] [whole]   (1 GiB of float32 by default, twice that on the disk of TMPDIR; whole leaves the filters out)
set -eu
rows=${1:-262144}
columns=${2:-1024}
repository=$(cd "$(dirname "$0")/.." && pwd)
pwsh() {
    (cd "$repository" && dotnet tool exec --yes PowerShell -- -NoProfile -Command "Import-Module ./GnnReRank.psd1; $1")
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 - "$folder/big" "$rows" "$columns" <<'PY'
import os
import sys
path, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n" % (rows, columns)
low = int.from_bytes(b'\xff\xff\x7f\x00' * columns, 'little')
one = int.from_bytes(b'\x00\x00\x80\x3f' * columns, 'little')
with open(path + '.npy', 'wb') as file:
    file.write(b'\x93NUMPY\x01\x00' + len(header).to_bytes(2, 'little') + header.encode())
    for row in range(rows):
        # Random significands under one exponent: numbers from 1 to 2.
        bits = int.from_bytes(os.urandom(4 * columns), 'little') & low | one
        file.write(bits.to_bytes(4 * columns, 'little'))
PY
pwsh "Import-FeatureMatrix '$folder/big.npy' -MemoryMapped | Export-FeatureMatrix '$folder/big.parquet'"

measure() {
    pwsh "
        \$matrix = $2
        \$kept = if (\$matrix) { [long] \$matrix.RowCount * \$matrix.Dimension * 4 / 1MB } else { 0 }
        \$line = [IO.File]::ReadAllLines('/proc/self/status') | Where-Object { \$_ -like 'VmHWM*' }
        '{0,-34} kept {1,7:N0} MB   peak {2,7:N0} MB' -f '$1', \$kept, ((\$line -replace '[^0-9]') / 1KB)"
}

measure 'nothing' '$null'
measure 'npy' "Import-FeatureMatrix '$folder/big.npy'"
measure 'parquet' "Import-FeatureMatrix '$folder/big.parquet'"
if [ "${3:-}" != 'whole' ]; then
    measure 'npy -First 10000' "Import-FeatureMatrix '$folder/big.npy' -First 10000"
    measure 'npy -Random 10000' "Import-FeatureMatrix '$folder/big.npy' -Random 10000"
    measure 'npy -Columns (0..127)' "Import-FeatureMatrix '$folder/big.npy' -Columns (0..127)"
    measure 'parquet -First 10000' "Import-FeatureMatrix '$folder/big.parquet' -First 10000"
    measure 'parquet -Random 10000' "Import-FeatureMatrix '$folder/big.parquet' -Random 10000"
    measure 'parquet -Columns (0..127)' "Import-FeatureMatrix '$folder/big.parquet' -Columns (0..127)"
fi
