"""Writes the fixtures of tests/ReLoRA.Core.Tests/Fixtures/neox: see README.md."""

import json
import pathlib
import sys

import torch

import neox
import safetensors_file

SHAPES = {
    "parallel": dict(
        vocab_size=29, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
        max_position_embeddings=10, rotary_pct=0.25, rotary_emb_base=10000, use_parallel_residual=True,
    ),
    "sequential": dict(
        vocab_size=23, hidden_size=18, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
        max_position_embeddings=7, rotary_pct=0.7, rotary_emb_base=500, use_parallel_residual=False,
    ),
    "whole": dict(
        vocab_size=13, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=12,
        max_position_embeddings=6, rotary_pct=1.0, rotary_emb_base=10000, use_parallel_residual=True,
    ),
}  # fmt: skip


def draw_weights(shape, generator):
    """Every weight away from zero and one, norms and biases too, so that none can be left out unnoticed. 32-bit numbers."""
    width, hidden = shape["hidden_size"], shape["intermediate_size"]
    weights = {"gpt_neox.embed_in.weight": (shape["vocab_size"], width)}
    for layer in range(shape["num_hidden_layers"]):
        name = f"gpt_neox.layers.{layer}"
        for norm in ("input_layernorm", "post_attention_layernorm"):
            weights |= {f"{name}.{norm}.weight": (width,), f"{name}.{norm}.bias": (width,)}
        for linear, out, into in (
            ("attention.query_key_value", 3 * width, width),
            ("attention.dense", width, width),
            ("mlp.dense_h_to_4h", hidden, width),
            ("mlp.dense_4h_to_h", width, hidden),
        ):
            weights |= {f"{name}.{linear}.weight": (out, into), f"{name}.{linear}.bias": (out,)}
    weights |= {
        "gpt_neox.final_layer_norm.weight": (width,),
        "gpt_neox.final_layer_norm.bias": (width,),
        "embed_out.weight": (shape["vocab_size"], width),
    }
    drawn = {}
    for name, size in weights.items():
        values = torch.randn(size, generator=generator)
        is_norm_weight = "norm.weight" in name
        drawn[name] = 1 + 0.3 * values if is_norm_weight else 0.4 * values
    return drawn


def record(folder, shape, seed):
    generator = torch.Generator().manual_seed(seed)
    drawn = draw_weights(shape, generator)
    weights = {name: value.double().requires_grad_() for name, value in drawn.items()}
    longest = shape["max_position_embeddings"]
    outputs = {}
    for batch, rows, length in (("main", 2, longest - 2), ("longest", 1, longest), ("single", 2, 1)):
        text = torch.randint(shape["vocab_size"], (rows, length + 1), generator=generator)
        ids, labels = text[:, :-1].contiguous(), text[:, 1:].contiguous()
        loss = neox.loss(ids, labels, weights, shape)
        gradients = torch.autograd.grad(loss, list(weights.values()))
        outputs |= {
            f"{batch}.ids": ids,
            f"{batch}.labels": labels,
            f"{batch}.loss": loss.reshape(1),
            f"{batch}.logits": torch.stack([neox.sequence(row, weights, shape)[0] for row in ids]),
        }
        # Those of the longest would add size alone.
        if batch != "longest":
            outputs |= {f"{batch}.grad.{name}": value for name, value in zip(weights, gradients)}
    row = outputs["longest.ids"][0]
    _, stream, _ = neox.sequence(row, weights, shape)
    outputs |= {f"stream.{at}": value for at, value in enumerate(stream)}
    caches, at = None, 0
    for name, count in (("prefill", 3), ("chunk", 2), ("token", 1)):
        logits, _, caches = neox.sequence(row[at : at + count], weights, shape, caches)
        outputs[f"cache.{name}.logits"] = logits
        at += count
    for layer, cache in enumerate(caches):
        for kind, which in (("keys", 0), ("values", 1)):
            outputs[f"cache.{layer}.{kind}"] = torch.stack([head[which] for head in cache], 1)
    folder.mkdir(parents=True, exist_ok=True)
    # What old files hold beside the weights: a reader has to pass it over.
    for layer in range(shape["num_hidden_layers"]):
        name = f"gpt_neox.layers.{layer}.attention"
        drawn[f"{name}.bias"] = torch.ones(1, 1, longest, longest, dtype=torch.bool).tril()
        drawn[f"{name}.masked_bias"] = torch.tensor(-1e9)
        drawn[f"{name}.rotary_emb.inv_freq"] = torch.ones(1)
    safetensors_file.save(folder / "model.safetensors", drawn)
    safetensors_file.save(folder / "outputs.safetensors", outputs)
    config = {"architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "hidden_act": "gelu"}
    config |= {"layer_norm_eps": neox.EPSILON, "bos_token_id": 0, "eos_token_id": 0, "tie_word_embeddings": False}
    (folder / "config.json").write_text(json.dumps(config | shape, indent=2) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    target = pathlib.Path(sys.argv[1])
    for number, (name, shape) in enumerate(SHAPES.items()):
        record(target / name, shape, seed=20 + number)
