"""Files that PyTorch itself wrote, and beside them, in text, what it holds them to be. README.md says what is in which."""

import json
import os
import sys
from collections import OrderedDict

import torch

TYPES = {
    "float64": torch.float64,
    "float32": torch.float32,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
    "int64": torch.int64,
    "int32": torch.int32,
    "int16": torch.int16,
    "int8": torch.int8,
    "uint8": torch.uint8,
    "bool": torch.bool,
}


def expected(tensor):
    """Type, shape, strides, and the bytes of the elements in order."""
    flat = tensor.detach().contiguous().reshape(-1)
    size = flat.element_size()
    bits = flat.view(torch.uint8).numpy().tobytes() if flat.numel() else b""
    assert len(bits) == flat.numel() * size
    name = next(name for name, dtype in TYPES.items() if dtype == tensor.dtype)
    return {"type": name, "shape": list(tensor.shape), "strides": list(tensor.stride()), "bytes": bits.hex()}


def save(folder, name, tensors, **options):
    os.makedirs(folder, exist_ok=True)
    torch.save(tensors, os.path.join(folder, name + ".pt"), **options)
    with open(os.path.join(folder, name + ".json"), "w", newline="\n") as file:
        json.dump({key: expected(value) for key, value in tensors.items()}, file, indent=1)
        file.write("\n")


def types():
    awkward = [0.0, -0.0, 1.0, -1.5, 1e-40, 3.0e38, float("inf"), float("-inf"), float("nan"), 0.1, 65504.0, 1e-7]
    whole = [0, 1, -1, 127, -128, 100]
    made = {}
    for name, dtype in TYPES.items():
        if dtype == torch.bool:
            made[name] = torch.tensor([[True, False, True]])
        elif dtype == torch.uint8:
            made[name] = torch.tensor([0, 1, 255], dtype=dtype)
        elif dtype.is_floating_point:
            made[name] = torch.tensor(awkward, dtype=torch.float64).to(dtype).reshape(3, 4)
        else:
            made[name] = torch.tensor(whole, dtype=dtype).reshape(2, 3)
    made["int64"] = torch.tensor([2**63 - 1, -(2**63), 0])
    return made


def views():
    base = torch.arange(24, dtype=torch.float32)
    table = base.reshape(4, 6)
    half = torch.linspace(-2, 2, 12).to(torch.bfloat16).reshape(3, 4)
    return {
        "whole": table,
        "transposed": table.t(),
        "rows": table[1:3],
        "column": table[:, 2],
        "every second": base[1::2],
        "permuted": base.reshape(2, 3, 4).permute(2, 0, 1),
        "expanded": base[3:6].unsqueeze(0).expand(5, 3),
        "one everywhere": base[7].expand(3, 2),
        "overlapping": base.as_strided((3, 4), (1, 1), 2),
        "scalar": torch.tensor(-7.25, dtype=torch.float64),
        "view scalar": base[23],
        "none": torch.zeros(0, 3),
        "none of a view": table[2:2],
        "half": half,
        "half transposed": half.t(),
    }


def parameters():
    torch.manual_seed(1)
    frozen = torch.nn.Parameter(torch.randn(3, 2), requires_grad=False)
    tied = torch.nn.Parameter(torch.randn(2, 2))
    return OrderedDict([("tied.a", tied), ("frozen", frozen), ("tied.b", tied), ("ä λ 語", torch.randn(2))])


def many():
    """More ids than one byte counts."""
    value = torch.arange(3, dtype=torch.int16)
    return {f"t{i}": value for i in range(300)}


LINEARS = {"attention.v_proj": (4, 8), "attention.o_proj": (8, 8), "swiglu.w_2": (8, 12)}
RANK, SAMPLES = 2, 5


def dynamics(folder, prefix, dtype, has_adapters, has_gradients):
    """A model of two layers in the published names: a step's learning_dynamics."""
    torch.manual_seed(2)
    for split in ["train", "val"]:
        kinds = {"weights": {}, "activations": {}, "gradients": {}}
        for layer in range(2):
            for suffix, (out, inner) in LINEARS.items():
                name = f"{prefix}layers.{layer}.{suffix}"
                shapes = {"": (out, inner)}
                if has_adapters:
                    shapes.update({".A_lora": (RANK, inner), ".B_lora": (out, RANK)})
                for part, shape in shapes.items():
                    kinds["weights"][name + part] = torch.randn(shape).to(dtype)
                    kinds["activations"][name + part] = torch.randn(SAMPLES, shape[0]).to(dtype)
                    kinds["gradients"][name + part] = torch.randn(shape).to(dtype)
        for kind, tensors in kinds.items():
            if kind != "gradients" or has_gradients:
                save(folder, f"{split}_{kind}", tensors)


class Command:
    """What a file of pickles can do to whoever loads it without care."""

    def __reduce__(self):
        return os.system, ("touch executed",)


def main(root):
    save(root, "types", types())
    save(root, "views", views())
    save(root, "parameters", parameters())
    save(root, "legacy", {"a": torch.ones(2)}, _use_new_zipfile_serialization=False)
    torch.save(many(), os.path.join(root, "many.pt"))
    torch.save({"a": torch.ones(2), "b": Command()}, os.path.join(root, "command.pt"))
    torch.save(torch.nn.Linear(2, 2).state_dict(), os.path.join(root, "state-dict.pt"))
    torch.save(torch.nn.Linear(2, 2), os.path.join(root, "module.pt"))
    torch.save([torch.ones(2)], os.path.join(root, "list.pt"))
    torch.save({"a": torch.ones(2)}, os.path.join(root, "protocol-4.pt"), pickle_protocol=4)
    dynamics(os.path.join(root, "relora", "learning_dynamics"), "_forward_module.module.", torch.bfloat16, True, False)
    dynamics(os.path.join(root, "decoder", "learning_dynamics"), "_forward_module.", torch.float32, False, True)


if __name__ == "__main__":
    main(sys.argv[1])
