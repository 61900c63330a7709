"""Wide registers in LLVM's language: the words that all kernels' building blocks are written in.

A register holds LANES 64-bit words, as wide as the processor's own.  The kernels see it as
64 * LANES pixels of one bit, as SHORTS integers of 16 bits, or as FLOATS float32.  Results do not
depend on the width.

A building block is an `intrinsic`: a Python function that writes instructions when a kernel is
compiled.  Its arguments are flat arrays, each followed by an index into it.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model

from .target import TARGET

LANES = TARGET.lanes
PIXELS = 64 * LANES
SHORTS = 4 * LANES
FLOATS = 2 * LANES

# A tile of the float convolution, as large as the machine's registers (32 or 16) hold.
FILTERS = 6
COLUMNS = 4 if LANES == 8 else 2

i8, i16, i32, i64 = (ir.IntType(bits) for bits in (8, 16, 32, 64))
f32 = ir.FloatType()
WORDS, REALS = ir.VectorType(i64, LANES), ir.VectorType(f32, FLOATS)
NUMBERS = ir.VectorType(i16, SHORTS)
_FUSES = TARGET.fuses


def element(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """Return the address of array[index], without the branch for negative indices."""
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [index])


def load(builder: Any, address: Any, vector: Any, alignment: int) -> Any:
    """Return the vector at an address that is a multiple of alignment, in bytes."""
    value = builder.load(builder.bitcast(address, vector.as_pointer()))
    value.align = alignment
    return value


def store(builder: Any, value: Any, address: Any, alignment: int) -> None:
    """Write a vector to an address that is a multiple of alignment, in bytes."""
    done = builder.store(value, builder.bitcast(address, value.type.as_pointer()))
    done.align = alignment


def splat(builder: Any, value: Any, vector: Any) -> Any:
    """Return a vector with a value that is known when the kernel runs, everywhere."""
    undefined = ir.Constant(vector, ir.Undefined)
    single = builder.insert_element(undefined, value, ir.Constant(i32, 0))
    zeros = ir.Constant(ir.VectorType(i32, vector.count), [0] * vector.count)
    return builder.shuffle_vector(single, undefined, zeros)


def call(builder: Any, name: str, result: Any, args: list[Any]) -> Any:
    """Return a call of one of LLVM's intrinsics."""
    function = builder.module.globals.get(name) or ir.Function(
        builder.module, ir.FunctionType(result, [value.type for value in args]), name
    )
    return builder.call(function, args)


def item(address: Any, builder: Any, index: int) -> Any:
    """Return the address of an item, counted from an address."""
    return builder.gep(address, [ir.Constant(i64, index)])


def shuffle(builder: Any, a: Any, b: Any, order: list[int]) -> Any:
    """Return items of two vectors, by their index in one behind the other."""
    return builder.shuffle_vector(a, b, ir.Constant(ir.VectorType(i32, len(order)), order))


def whole(vector: Any, value: float) -> Any:
    """Return a constant vector with the same value everywhere."""
    return ir.Constant(vector, [value] * vector.count)


class Tile(types.Type):
    """The Numba type of the accumulators of FILTERS filters x COLUMNS registers of pixels."""

    def __init__(self) -> None:
        super().__init__(name="Tile")


tile = Tile()


@register_model(Tile)
class _TileModel(models.PrimitiveModel):
    def __init__(self, manager: Any, fe_type: Any) -> None:
        super().__init__(manager, fe_type, ir.ArrayType(REALS, FILTERS * COLUMNS))


def _fused(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """Return a * b + c, rounded once (twice on an x86 processor from before 2013)."""
    if not _FUSES:
        return builder.fadd(builder.fmul(a, b), c)
    return call(builder, f"llvm.fma.v{FLOATS}f32", REALS, [a, b, c])


def _splat_at(builder: Any, address: Any, k: int) -> Any:
    value = builder.load(builder.gep(address, [ir.Constant(i64, k)]))
    return splat(builder, value, REALS)


def _floats_at(builder: Any, address: Any, k: int) -> Any:
    return load(builder, builder.gep(address, [ir.Constant(i64, k * FLOATS)]), REALS, 4)


@intrinsic
def tile_of(typing_context, values, index):
    """Return a tile whose filter k holds values[index + k] (float32) at every pixel."""

    def codegen(context, builder, signature, args):
        address = element(context, builder, signature.args[0], *args)
        result = ir.Constant(context.get_value_type(tile), ir.Undefined)
        for k in range(FILTERS):
            value = _splat_at(builder, address, k)
            for column in range(COLUMNS):
                result = builder.insert_value(result, value, k * COLUMNS + column)
        return result

    return tile(values, types.intp), codegen


@intrinsic
def tile_multiply_add(typing_context, sums, weights, w, source, p):
    """sums[k, x] + weights[w + k] * source[p + x] for every filter k and pixel x of the tile."""

    def codegen(context, builder, signature, args):
        result = args[0]
        weight = element(context, builder, signature.args[1], args[1], args[2])
        pixel = element(context, builder, signature.args[3], args[3], args[4])
        columns = [_floats_at(builder, pixel, column) for column in range(COLUMNS)]
        for k in range(FILTERS):
            value = _splat_at(builder, weight, k)
            for column, inputs in enumerate(columns):
                i = k * COLUMNS + column
                total = _fused(builder, value, inputs, builder.extract_value(args[0], i))
                result = builder.insert_value(result, total, i)
        return result

    return tile(tile, weights, types.intp, source, types.intp), codegen


@intrinsic
def tile_prelu(typing_context, sums, slopes, index):
    """sums[k, x] where above 0, elsewhere slopes[index + k] * sums[k, x]."""

    def codegen(context, builder, signature, args):
        result, zero = args[0], whole(REALS, 0.0)
        address = element(context, builder, signature.args[1], args[1], args[2])
        for k in range(FILTERS):
            slope = _splat_at(builder, address, k)
            for i in range(k * COLUMNS, (k + 1) * COLUMNS):
                value = builder.extract_value(args[0], i)
                above = builder.fcmp_ordered(">", value, zero)
                value = builder.select(above, value, builder.fmul(slope, value))
                result = builder.insert_value(result, value, i)
        return result

    return tile(tile, slopes, types.intp), codegen


@intrinsic
def tile_add(typing_context, sums, filters, source, p, plane):
    """sums[k, x] + source[p + k * plane + x] for the first `filters` filters of the tile."""

    def codegen(context, builder, signature, args):
        result, index = args[0], args[3]
        for k in range(FILTERS):
            # A tile's last filters may be none; then its first is read instead, for nothing.
            there = builder.icmp_signed("<", ir.Constant(i64, k), args[1])
            address = element(
                context, builder, signature.args[2], args[2], builder.select(there, index, args[3])
            )
            for column in range(COLUMNS):
                i = k * COLUMNS + column
                total = builder.fadd(
                    _floats_at(builder, address, column), builder.extract_value(result, i)
                )
                result = builder.insert_value(result, total, i)
            index = builder.add(index, args[4])
        return result

    return tile(tile, types.intp, source, types.intp, types.intp), codegen


@intrinsic
def tile_store(typing_context, sums, filters, target, q, plane):
    """target[q + k * plane + x] = sums[k, x] for the first `filters` filters of the tile."""

    def codegen(context, builder, signature, args):
        index = args[3]
        for k in range(FILTERS):
            with builder.if_then(builder.icmp_signed("<", ir.Constant(i64, k), args[1])):
                place = element(context, builder, signature.args[2], args[2], index)
                for column in range(COLUMNS):
                    value = builder.extract_value(args[0], k * COLUMNS + column)
                    address = builder.gep(place, [ir.Constant(i64, column * FLOATS)])
                    store(builder, value, address, 4)
            index = builder.add(index, args[4])
        return context.get_dummy_value()

    return types.void(tile, types.intp, target, types.intp, types.intp), codegen
