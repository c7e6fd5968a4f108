#!/usr/bin/env python3
"""Times `relora eval blimp` beside a straightforward PyTorch loop on the same token ids, in one run, and compares their scores.

    tools/bench/blimp_loop.py --data blimp.tar.gz --tokenizer tokenizer.json [--paradigms 10] [--rounds 2] [--python PYTHON --peer-env NAME=VALUE]

The model is a PicoTiny with seeded random weights, written as a model folder; --model takes another folder. The loop is what one writes first: batches of
16 sentences as they come, padded at the right, logits of every position, log-softmax, gather, sum; its time is that of the loop alone, without
imports, loading and tokenizing, while relora's is that of the whole process with all of these. Rounds go in turn, so that only figures of one round
compare. Needs a Release build (dotnet build -c Release); the loop's Python needs torch and numpy."""
import argparse, csv, json, os, pathlib, resource, subprocess, sys, tarfile, tempfile, time

RELORA = pathlib.Path(__file__).resolve().parents[2] / "src/ReLoRA.Cli/bin/Release/net10.0/relora.dll"
CONFIG = {
    "model_type": "pico_decoder", "vocab_size": 50304, "d_model": 96, "n_layers": 12, "attention_n_heads": 12, "attention_n_kv_heads": 4,
    "activation_hidden_dim": 384, "max_seq_len": 2048, "position_emb_theta": 10000.0, "norm_eps": 1e-6,
}


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", help="BLiMP's .tar.gz")
    p.add_argument("--tokenizer")
    p.add_argument("--model", help="a model folder in place of the random PicoTiny")
    p.add_argument("--paradigms", type=int, default=10, help="files of the suite, evenly spread")
    p.add_argument("--rounds", type=int, default=1)
    p.add_argument("--threads", type=int, default=os.cpu_count())
    p.add_argument("--python", default=sys.executable, help="the Python of the loop")
    p.add_argument("--peer-env", action="append", default=[], metavar="NAME=VALUE")
    p.add_argument("--relora", default=str(RELORA))
    p.add_argument("--loop", nargs=3, metavar=("MODEL", "IDS", "OUT"), help=argparse.SUPPRESS)
    return p.parse_args()


# ---- the loop -------------------------------------------------------------------------------------------------------------------

def read_safetensors(path):
    import numpy, torch
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    header.pop("__metadata__", None)
    weights = {}
    for name, entry in header.items():
        first, last = (8 + size + at for at in entry["data_offsets"])
        assert entry["dtype"] == "F32", name
        weights[name] = torch.from_numpy(numpy.frombuffer(raw[first:last], numpy.float32).reshape(entry["shape"]).copy())
    return weights


def loop(model, ids_file, out, threads):
    import torch, torch.nn.functional as F
    torch.set_num_threads(threads)
    c = json.loads((pathlib.Path(model) / "config.json").read_text())
    w = read_safetensors(pathlib.Path(model) / "model.safetensors")
    heads, kv, head = c["attention_n_heads"], c["attention_n_kv_heads"], c["d_model"] // c["attention_n_heads"]
    angles = torch.outer(torch.arange(c["max_seq_len"]).float(), c["position_emb_theta"] ** (-torch.arange(0, head, 2).float() / head))
    turns = torch.polar(torch.ones_like(angles), angles)

    def norm(x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + c["norm_eps"]) * w[name]

    def turn(x):
        z = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2))
        return torch.view_as_real(z * turns[: x.shape[1], None]).flatten(3)

    def logits(ids):
        b, t = ids.shape
        mask = torch.full((t, t), float("-inf")).triu(1)
        x = w["embedding_proj.weight"][ids]
        for layer in range(c["n_layers"]):
            name = f"layers.{layer}."
            y = norm(x, name + "attention_norm.weight")
            q, k, v = (F.linear(y, w[f"{name}attention.{p}_proj.weight"]).view(b, t, -1, head) for p in "qkv")
            q, k, v = turn(q).transpose(1, 2), turn(k).transpose(1, 2), v.transpose(1, 2)
            k, v = (z.repeat_interleave(heads // kv, dim=1) for z in (k, v))
            a = torch.softmax(q @ k.transpose(2, 3) * head**-0.5 + mask, -1) @ v
            x = x + F.linear(a.transpose(1, 2).reshape(b, t, -1), w[name + "attention.o_proj.weight"])
            y = norm(x, name + "swiglu_norm.weight")
            gate, up = (F.linear(y, w[f"{name}swiglu.w_{n}.weight"]) for n in (0, 1))
            x = x + F.linear(F.silu(gate) * up, w[name + "swiglu.w_2.weight"])
        return F.linear(norm(x, "output_norm.weight"), w["de_embedding_proj.weight"])

    sentences = json.loads(pathlib.Path(ids_file).read_text())
    scores, start, before = [], time.perf_counter(), time.process_time()
    with torch.no_grad():
        for at in range(0, len(sentences), 16):
            some = sentences[at : at + 16]
            ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(one) for one in some], batch_first=True)
            real = torch.tensor([[t < len(one) for t in range(1, ids.shape[1])] for one in some])
            found = torch.log_softmax(logits(ids), -1)[:, :-1].gather(2, ids[:, 1:, None]).squeeze(2)
            scores += (found * real).sum(1).tolist()
    pathlib.Path(out).write_text(json.dumps({"seconds": time.perf_counter() - start, "processor": time.process_time() - before, "torch": torch.__version__, "scores": scores}))


# ---- the driver -----------------------------------------------------------------------------------------------------------------

def write_model(folder):
    import random, struct
    d, h, v, kv = CONFIG["d_model"], CONFIG["activation_hidden_dim"], CONFIG["vocab_size"], CONFIG["attention_n_kv_heads"] * CONFIG["d_model"] // CONFIG["attention_n_heads"]
    shapes = {"embedding_proj.weight": (v, d)}
    for layer in range(CONFIG["n_layers"]):
        name = f"layers.{layer}."
        shapes |= {name + "attention_norm.weight": (d,), name + "swiglu_norm.weight": (d,)}
        shapes |= {f"{name}attention.{p}_proj.weight": (kv if p in "kv" else d, d) for p in "qkvo"}
        shapes |= {name + "swiglu.w_0.weight": (h, d), name + "swiglu.w_1.weight": (h, d), name + "swiglu.w_2.weight": (d, h)}
    shapes |= {"output_norm.weight": (d,), "de_embedding_proj.weight": (v, d)}
    draw, header, pieces, at = random.Random(42), {}, [], 0
    for name, shape in shapes.items():
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        # Norms near one; linears as a fresh model's, times two, so that scores spread; embeddings of unit size.
        scale = 1.0 if name.startswith("embedding") else 2.0 * shape[-1] ** -0.5
        values = [1.0 + 0.2 * draw.random() for _ in range(count)] if len(shape) == 1 else [scale * (2 * draw.random() - 1) for _ in range(count)]
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [at, at + 4 * count]}
        pieces.append(struct.pack(f"<{count}f", *values))
        at += 4 * count
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG))
    (folder / "model.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + b"".join(pieces))


def sample(archive, folder, paradigms):
    folder.mkdir()
    with tarfile.open(archive) as tar:
        names = sorted(name for name in tar.getnames() if name.endswith(".jsonl"))
        count = min(paradigms, len(names))
        for name in [names[k * len(names) // count] for k in range(count)]:
            (folder / pathlib.Path(name).name).write_bytes(tar.extractfile(name).read())
    lines = [json.loads(line) for file in sorted(folder.iterdir()) for line in file.read_text().splitlines()]
    return [line[key] for line in lines for key in ("sentence_good", "sentence_bad")]


def main():
    a = arguments()
    if a.loop:
        return loop(*a.loop, a.threads)
    if not (a.data and a.tokenizer):
        sys.exit("Give --data and --tokenizer.")
    relora = ["dotnet", a.relora]
    peer_env = os.environ | dict(pair.split("=", 1) for pair in a.peer_env)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        model = pathlib.Path(a.model) if a.model else work / "model"
        if not a.model:
            write_model(model)
        sentences = sample(a.data, work / "sample", a.paradigms)
        lines = "".join(json.dumps(sentence) + "\n" for sentence in sentences)
        encoded = subprocess.run([*relora, "tokenizer", "encode", "--tokenizer", a.tokenizer, "--json"], input=lines, stdout=subprocess.PIPE, text=True, check=True)
        (work / "ids.json").write_text("[" + ",".join(encoded.stdout.splitlines()) + "]")
        for number in range(1, a.rounds + 1):
            ours = [*relora, "eval", "blimp", str(model), "--data", str(work / "sample"), "--tokenizer", a.tokenizer, "--pairs", str(work / "pairs.csv"), "--json"]
            start, before = time.perf_counter(), used()
            subprocess.run(ours, stdout=subprocess.DEVNULL, check=True)
            seconds = time.perf_counter() - start
            processor = used() - before
            theirs = [a.python, __file__, "--threads", str(a.threads), "--loop", str(model), str(work / "ids.json"), str(work / "loop.json")]
            subprocess.run(theirs, env=peer_env, check=True)
            peer = json.loads((work / "loop.json").read_text())
            with open(work / "pairs.csv") as file:
                found = [float(row[key]) for row in csv.DictReader(file) for key in ("good_score", "bad_score")]
            assert len(found) == len(peer["scores"])
            pairs = len(found) // 2
            apart = max(abs(x - y) for x, y in zip(found, peer["scores"]))
            print(
                f"round {number}: {pairs} pairs, {a.threads} threads. relora {seconds:.1f} s ({pairs / seconds:.0f} pairs/s, {processor:.1f} processor seconds), "
                f"PyTorch {peer['torch']} loop {peer['seconds']:.1f} s ({pairs / peer['seconds']:.0f} pairs/s, {peer['processor']:.1f}): "
                f"{peer['seconds'] / seconds:.2f} times, by processor seconds {peer['processor'] / processor:.2f}. Scores differ by {apart:.1e} at most.",
                flush=True,
            )


def used():
    """Seconds of processors that ended children took."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


main()
