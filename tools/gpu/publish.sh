#!/usr/bin/env bash
# Builds relora-gpu-bench.tar.xz: the benchmark with .NET in it and without libtorch. Run in the repository's root.
set -euo pipefail
out=${1:-/tmp/relora-gpu-bench}
rm -rf "$out"
dotnet publish tools/gpu -c Release -r linux-x64 -o "$out" -v q -nologo
shim=$(find "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/torchsharp/*/runtimes/linux-x64/native -name libLibTorchSharp.so | sort | tail -1)
cp "$shim" tools/gpu/check-symbols.py tools/gpu/run.sh "$out"
tar -C "$(dirname "$out")" -cf - "$(basename "$out")" | xz -9 -T0 >"$out.tar.xz"
du -sm "$out" | awk '{ print "folder: " $1 " MB" }'
du -sm "$out.tar.xz" | awk '{ print "archive: " $1 " MB" }'
