#!/bin/sh
# Measures the GPU backend, and torch on the same card, into output/gpu.md. Arguments go to the verb "gpu".
set -eu
cd "$(dirname "$0")/.."

# A Python with torch, if there is one; without it the report says what is missing.
python=${PYTHON:-}
for each in python3 /usr/bin/python3 python; do
    [ -n "$python" ] && break
    if "$each" -c 'import torch' 2>/dev/null; then python=$each; fi
done

exec dotnet run --project benchmarks/GnnReRank.Benchmarks -c Release -- gpu --python "${python:-python3}" "$@"
