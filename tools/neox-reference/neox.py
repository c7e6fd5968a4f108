"""GPT-NeoX, written from its description (Black et al. 2022; Biderman et al. 2023, appendix; Su et al. 2021) and not from any
code. One sequence of operations a line, loops where a loop says it best: this is here to be compared with, not to be fast.

Weights are a dictionary under the names that Hugging Face's files have.
"""

import math

import torch

EPSILON = 1e-5


def layer_norm(x, weight, bias):
    centred = x - x.mean(-1, keepdim=True)
    variance = (centred * centred).mean(-1, keepdim=True)
    return centred / torch.sqrt(variance + EPSILON) * weight + bias


def gelu(x):
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def rotate(x, first, count, theta):
    """Turn the first `count` features of x (positions, width); feature i is paired with i + count/2."""
    half = count // 2
    rows = []
    for row, position in zip(x, range(first, first + len(x))):
        turned = list(row)
        for i in range(half):
            angle = position * theta ** (-2 * i / count)
            a, b = row[i], row[i + half]
            turned[i] = a * math.cos(angle) - b * math.sin(angle)
            turned[i + half] = b * math.cos(angle) + a * math.sin(angle)
        rows.append(torch.stack(turned))
    return torch.stack(rows)


def attention(x, weights, name, shape, cache):
    """x: (positions, width) of one sequence. The cache holds the turned keys and the values of each head."""
    width = shape["hidden_size"] // shape["num_attention_heads"]
    turned = int(width * shape["rotary_pct"])
    fused = x @ weights[f"{name}.query_key_value.weight"].T + weights[f"{name}.query_key_value.bias"]
    start = len(cache[0][0]) if cache else 0
    mixed, kept = [], []
    for head in range(shape["num_attention_heads"]):
        # Each head's query, key and value lie side by side.
        query, key, value = fused[:, 3 * width * head : 3 * width * (head + 1)].split(width, dim=1)
        query = rotate(query, start, turned, shape["rotary_emb_base"])
        key = rotate(key, start, turned, shape["rotary_emb_base"])
        if cache:
            key, value = torch.cat([cache[head][0], key]), torch.cat([cache[head][1], value])
        kept.append((key, value))
        rows = []
        for t in range(len(x)):
            seen = start + t + 1
            scores = key[:seen] @ query[t] / math.sqrt(width)
            rows.append(torch.softmax(scores, 0) @ value[:seen])
        mixed.append(torch.stack(rows))
    out = torch.cat(mixed, 1) @ weights[f"{name}.dense.weight"].T + weights[f"{name}.dense.bias"]
    return out, kept


def mlp(x, weights, name):
    hidden = gelu(x @ weights[f"{name}.dense_h_to_4h.weight"].T + weights[f"{name}.dense_h_to_4h.bias"])
    return hidden @ weights[f"{name}.dense_4h_to_h.weight"].T + weights[f"{name}.dense_4h_to_h.bias"]


def block(x, weights, layer, shape, cache):
    name = f"gpt_neox.layers.{layer}"
    first = layer_norm(x, weights[f"{name}.input_layernorm.weight"], weights[f"{name}.input_layernorm.bias"])
    attended, kept = attention(first, weights, f"{name}.attention", shape, cache)
    between = x if shape["use_parallel_residual"] else x + attended
    second = layer_norm(
        between, weights[f"{name}.post_attention_layernorm.weight"], weights[f"{name}.post_attention_layernorm.bias"]
    )
    return x + attended + mlp(second, weights, f"{name}.mlp"), kept


def sequence(ids, weights, shape, caches=None):
    """Logits of one sequence, the residual stream after each block and after the last norm, and the new caches."""
    x = weights["gpt_neox.embed_in.weight"][ids]
    stream, kept = [x], []
    for layer in range(shape["num_hidden_layers"]):
        x, cache = block(x, weights, layer, shape, caches[layer] if caches else None)
        stream.append(x)
        kept.append(cache)
    x = layer_norm(x, weights["gpt_neox.final_layer_norm.weight"], weights["gpt_neox.final_layer_norm.bias"])
    stream.append(x)
    return x @ weights["embed_out.weight"].T, stream, kept


def loss(ids, labels, weights, shape):
    """Mean cross-entropy over every position of every row."""
    losses = []
    for row, wanted in zip(ids, labels):
        logits, _, _ = sequence(row, weights, shape)
        losses += [torch.logsumexp(logits[t], 0) - logits[t][wanted[t]] for t in range(len(row))]
    return torch.stack(losses).mean()
