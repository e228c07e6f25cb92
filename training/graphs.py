"""Write a trained net as an int8 ONNX graph, built operator by operator for onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from nets import HEADS, MIDDLE, PAIR_WIDTH, REACH, ROLE_WIDTH, WIDTH, Cross, Encoder, PairHead, TaggerNet
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

FUSED = "com.microsoft"  # onnxruntime's own fused operators
OPSET = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]


class Graph:
    """Nodes and weights under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.names: dict[tuple, str] = {}
        self.kept: list[np.ndarray] = []  # alive, so that no address is used twice

    def held(self, name: str, value) -> str:
        array = value.detach().numpy() if hasattr(value, "detach") else np.asarray(value)
        known = self.names.setdefault((array.ctypes.data, array.shape, array.strides), name)
        if known != name:  # both sides of the pair head share their weights
            return known
        self.kept.append(array)
        self.weights.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def op(self, kind: str, inputs: list[str], name: str, **more) -> str:
        domain = more.pop("domain", "")
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **more))
        return name

    def linear(self, x: str, layer: nn.Linear, name: str, bias: bool = True) -> str:
        made = self.op("MatMul", [x, self.held(f"{name}.w", layer.weight.T)], f"{name}.mul")
        return self.op("Add", [made, self.held(f"{name}.b", layer.bias)], name) if bias else made

    def norm(self, x: str, skip: str, layer: nn.LayerNorm, name: str) -> str:
        ends = [self.held(f"{name}.{k}", getattr(layer, k)) for k in ("weight", "bias")]
        return self.op("SkipLayerNormalization", [x, skip, *ends], name, domain=FUSED, epsilon=1e-12)

    def encoder(self, net: Encoder, words: str, kinds: str) -> str:
        """Add the encoder over word vectors [1, T, width] and feature numbers [1, T]."""
        size = self.op("Shape", [kinds], "size", start=1, end=2)
        zero = self.held("zero", np.array([0], np.int64))
        place = self.op("Slice", [self.held("place.w", net.position.weight), zero, size], "place")
        extra = self.op("Gather", [self.held("extra.w", net.extra.weight), kinds], "extra")
        x = self.norm(self.op("Add", [words, place], "placed"), extra, net.norm, "norm")
        for i, layer in enumerate(net.layers):
            n = f"l{i}"
            weights = [self.held(f"{n}.qkv.w", layer.qkv.weight.T), self.held(f"{n}.qkv.b", layer.qkv.bias)]
            mixed = self.op("Attention", [x, *weights], f"{n}.mix", domain=FUSED, num_heads=HEADS)
            x = self.norm(self.linear(mixed, layer.out, f"{n}.out"), x, layer.norm1, f"{n}.norm1")
            up = self.linear(x, layer.up, f"{n}.up", bias=False)
            up = self.op("BiasGelu", [up, self.held(f"{n}.up.b", layer.up.bias)], f"{n}.gelu", domain=FUSED)
            x = self.norm(self.linear(up, layer.down, f"{n}.down"), x, layer.norm2, f"{n}.norm2")
        return x

    def side(self, net: PairHead, name: str) -> str:
        """Add one text's way into the pair head."""
        marks = self.op("Gather", ["mark.w", f"{name}_marks"], f"{name}.mark")
        down = self.linear(name, net.down, f"{name}.down")
        return self.op("Relu", [self.op("Add", [down, marks], f"{name}.sum")], f"{name}.side")

    def pooled(self, net: PairHead, name: str, mine: str, aligned: str) -> str:
        """Add the comparison of one text's pieces with what the other has for them, pooled."""
        gap = self.op("Abs", [self.op("Sub", [mine, aligned], f"{name}.sub")], f"{name}.gap")
        parts = [mine, aligned, gap, self.op("Mul", [mine, aligned], f"{name}.both")]
        met = self.linear(self.op("Concat", parts, f"{name}.met", axis=-1), net.compare, f"{name}.compare")
        x = self.op("Relu", [met], f"{name}.x")
        share = self.op("Softmax", [self.linear(x, net.weigh, f"{name}.weigh")], f"{name}.share", axis=1)
        ones = self.held(f"{name}.axis", np.array([1], np.int64))
        weighed = self.op("Mul", [x, share], f"{name}.weighed")
        total = self.op("ReduceSum", [weighed, ones], f"{name}.total", keepdims=0)
        mean = self.op("ReduceMean", [x], f"{name}.mean", axes=[1], keepdims=0)
        peak = self.op("ReduceMax", [x], f"{name}.peak", axes=[1], keepdims=0)
        return self.op("Concat", [total, mean, peak], f"{name}.pool", axis=-1)

    def conv(self, x: str, layer: nn.Conv1d, name: str) -> str:
        """Add a convolution of width 5 that keeps the length."""
        weights = [self.held(f"{name}.w", layer.weight), self.held(f"{name}.b", layer.bias)]
        return self.op("Conv", [x, *weights], name, pads=[2, 2])

    def save_float(self, path: Path, inputs: list, outputs: list) -> None:
        """Write the graph as it is: a head is small, and its figures stay exact."""
        graph = helper.make_graph(self.nodes, path.stem, inputs, outputs, self.weights)
        onnx.save(
            helper.make_model(graph, opset_imports=OPSET, ir_version=9, producer_name="secondsource"), path
        )

    def save(self, path: Path, inputs: list, outputs: list, narrow: bool = False) -> None:
        """Write the graph with int8 weights, `narrow` ones of 7 bits: no processor's sums overflow."""
        graph = helper.make_graph(self.nodes, path.stem, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=OPSET, ir_version=9, producer_name="secondsource")
        whole = path.with_suffix(".float.onnx")
        onnx.save(model, whole)
        quantize_dynamic(
            whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=narrow,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip
        whole.unlink()


def value(name: str, shape: list, kind: int = TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def save_tagger(net: TaggerNet, folder: Path) -> None:
    """Write tagger.onnx (reader states to cue scores and projections) and tagger_head.onnx, in float."""
    g = Graph()
    extra = g.op("Gather", [g.held("extra.w", net.extra.weight), "features"], "extra")
    x = g.op("Relu", [g.op("Add", [g.linear("states", net.down, "down"), extra], "sum")], "x0")
    x = g.op("Transpose", [x], "x1", perm=[0, 2, 1])
    for i, conv in enumerate((net.conv1, net.conv2)):
        y = g.op("Relu", [g.conv(x, conv, f"conv{i}")], f"y{i}")
        x = g.op("Add", [x, y], f"x{i + 2}")
    x = g.op("Transpose", [x], "x4", perm=[0, 2, 1])
    g.op("Squeeze", [g.linear(x, net.cue, "cue3"), g.held("last", np.array([2], np.int64))], "cue")
    for name in ("tokens", "anchors"):
        g.linear(x, getattr(net, name), name)
    inputs = [value("states", [1, "T", 2 * WIDTH]), value("features", [1, "T"], TensorProto.INT64)]
    outputs = [value("cue", [1, "T"]), *(value(n, [1, "T", ROLE_WIDTH]) for n in ("tokens", "anchors"))]
    g.save_float(folder / "tagger.onnx", inputs, outputs)
    save_roles(net, folder / "tagger_head.onnx")


def save_roles(net: TaggerNet, path: Path) -> None:
    """Write the light second graph, in float: it is small, and its figures stay exact."""
    g, roles = Graph(), net.roles
    anchor = g.op("Unsqueeze", ["anchors", g.held("one", np.array([1], np.int64))], "anchor")
    total = g.op("Add", [g.op("Add", ["tokens", anchor], "met"), g.held("place", roles.place)], "placed")
    x = g.op("Relu", [total], "x")
    y = g.op("Transpose", [x], "y0", perm=[0, 2, 1])
    for i, conv in enumerate((roles.conv1, roles.conv2)):
        y = g.op("Relu", [g.conv(y, conv, f"c{i}")], f"y{i + 1}")
    z = g.op("Add", [x, g.op("Transpose", [y], "back", perm=[0, 2, 1])], "z")
    g.linear(z, roles.label, "roles")
    span = 2 * REACH + 1
    inputs = [value("tokens", ["K", span, ROLE_WIDTH]), value("anchors", ["K", ROLE_WIDTH])]
    g.save_float(path, inputs, [value("roles", ["K", span, 4])])


def save_reader(net: Encoder, path: Path) -> None:
    """Write reader.onnx: word vectors to the states after layer MIDDLE and after the last, side by side."""
    g = Graph()
    last = g.encoder(net, "words", "kinds")
    g.op("Concat", [f"l{MIDDLE - 1}.norm2", last], "states", axis=-1)
    inputs = [value("words", [1, "T", WIDTH]), value("kinds", [1, "T"], TensorProto.INT64)]
    g.save(path, inputs, [value("states", [1, "T", 2 * WIDTH])])


def save_pair(net: PairHead, path: Path, temperature: float) -> None:
    """Write pair.onnx in float: states and marks of two texts to logits over `temperature`."""
    g = Graph()
    g.held("mark.w", net.mark.weight)
    sides = [g.side(net, name) for name in ("passage", "statement")]
    turned = g.op("Transpose", [g.linear(sides[1], net.key, "key.b")], "turned", perm=[0, 2, 1])
    met = g.op("MatMul", [g.linear(sides[0], net.key, "key.a"), turned], "met")
    met = g.op("Div", [met, g.held("root", np.array(PAIR_WIDTH**0.5, np.float32))], "scaled")
    flipped = g.op("Transpose", [met], "flipped", perm=[0, 2, 1])
    pools = []
    for name, grid, mine, other in (("a", met, *sides), ("b", flipped, sides[1], sides[0])):
        aligned = g.op("MatMul", [g.op("Softmax", [grid], f"{name}.soft", axis=2), other], f"{name}.aligned")
        pools.append(g.pooled(net, name, mine, aligned))
    both = g.op("Concat", pools, "both", axis=-1)
    scores = g.linear(g.op("Relu", [g.linear(both, net.pool, "pool")], "pool.relu"), net.label, "scores")
    g.op("Div", [scores, g.held("temperature", np.array(temperature, np.float32))], "logits")
    inputs = []
    for name in ("passage", "statement"):
        inputs.append(value(name, [1, name, 2 * WIDTH]))
        inputs.append(value(f"{name}_marks", [1, name], TensorProto.INT64))
    g.save_float(path, inputs, [value("logits", [1, 3])])


def save_cross(net: Cross, path: Path, temperature: float) -> None:
    """Write cross.onnx in int8: word vectors and kinds of one pair to logits over `temperature`."""
    g = Graph()
    states = g.encoder(net.encoder, "words", "kinds")
    first = g.op("Gather", [states, g.held("first.at", np.array(0, np.int64))], "first", axis=1)
    pooled = g.op("Tanh", [g.linear(first, net.pool, "pool")], "pooled")
    scores = g.linear(pooled, net.label, "scores")
    g.op("Div", [scores, g.held("temperature", np.array(temperature, np.float32))], "logits")
    inputs = [value("words", [1, "T", WIDTH]), value("kinds", [1, "T"], TensorProto.INT64)]
    g.save(path, inputs, [value("logits", [1, 3])], narrow=True)
