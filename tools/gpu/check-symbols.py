#!/usr/bin/env python3
"""Lists what TorchSharp's native library needs and a folder of libtorch lacks: check-symbols.py libLibTorchSharp.so FOLDER

libtorch has no stable C++ interface: another minor version may lack a symbol, which then fails when it is first called, or, for those bound
at loading, at once. Needs nm (binutils). Exits 1 where one is missing."""
import pathlib, subprocess, sys


def symbols(path, kind, weak=True):
    """Names without versions. A weak symbol may be missing."""
    listed = subprocess.run(["nm", "-D", "--" + kind, str(path)], stdout=subprocess.PIPE, text=True, check=True).stdout
    fields = [line.split() for line in listed.splitlines() if line.strip()]
    return {field[-1].split("@")[0] for field in fields if weak or field[-2] not in "wv"}


def main():
    shim, folder = sys.argv[1:]
    defined = set()
    for name in ("libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so", "libc10.so", "libc10_cuda.so"):
        path = pathlib.Path(folder, name)
        if path.exists():
            defined |= symbols(path, "defined-only")
    if not defined:
        sys.exit(f"{folder} has no libtorch_cpu.so")
    needed = symbols(shim, "undefined-only", weak=False)
    ours = {s for s in needed if any(part in s for part in ("2at", "3c10", "5torch"))}
    missing = sorted(ours - defined)
    print(f"{len(ours)} symbols of libtorch are needed, {len(missing)} are missing")
    for name in missing:
        print("  " + name)
    sys.exit(1 if missing else 0)


main()
