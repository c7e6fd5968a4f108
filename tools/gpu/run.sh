#!/usr/bin/env bash
# On the machine with the GPU: check the symbols, then the arithmetic on the processor, then measure. Arguments go to the benchmark.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export RELORA_LIBTORCH=${RELORA_LIBTORCH:-$(python3 -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))')}
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
export LD_LIBRARY_PATH=$RELORA_LIBTORCH:${LD_LIBRARY_PATH:-}
python3 "$here/check-symbols.py" "$here/libLibTorchSharp.so" "$RELORA_LIBTORCH"
"$here/relora-gpu-bench" --device cpu --batch 1 --seq 64 --steps 1 --warmup 0
exec "$here/relora-gpu-bench" "$@"
