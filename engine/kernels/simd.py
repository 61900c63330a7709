"""Wide registers as Numba values: the only file that speaks LLVM.

A register holds LANES 64-bit words.  The kernels see it as 64 * LANES pixels of one bit or as
2 * LANES float32, whichever the operation says.  LLVM splits a register that is wider than the
machine's own, so the same code runs on every processor; results do not depend on the width.
"""

from typing import Any

from llvmlite import binding, ir
from numba import njit, types
from numba.extending import intrinsic, models, register_model

_FEATURES = binding.get_host_cpu_features()
_AVX512 = all(_FEATURES.get(name, False) for name in ("avx512f", "avx512bw", "avx512vl"))
_X86_WITHOUT_FMA = binding.get_process_triple().startswith("x86_64") and not _FEATURES.get("fma")

LANES = 8 if _AVX512 else 4
PIXELS = 64 * LANES
FLOATS = 2 * LANES

# A tile of the float convolution, as large as the machine's registers (32 or 16) hold.
FILTERS = 6
COLUMNS = 4 if _AVX512 else 2

_i1, _i16, _i32, _i64, _f32 = (
    ir.IntType(1),
    ir.IntType(16),
    ir.IntType(32),
    ir.IntType(64),
    ir.FloatType(),
)
_WORDS, _REALS = ir.VectorType(_i64, LANES), ir.VectorType(_f32, FLOATS)
# The epilogue of the binary convolution works on half a word, 32 pixels, at a time.
_CHUNK = 32
_BITS, _BYTES = ir.VectorType(_i1, _CHUNK), ir.VectorType(ir.IntType(8), _CHUNK)
_SHORTS, _CHUNK_REALS = ir.VectorType(_i16, _CHUNK), ir.VectorType(_f32, _CHUNK)


class Register(types.Type):
    """The Numba type of a register."""

    def __init__(self) -> None:
        super().__init__(name="Register")


register = Register()


@register_model(Register)
class _RegisterModel(models.PrimitiveModel):
    def __init__(self, manager: Any, fe_type: Any) -> None:
        super().__init__(manager, fe_type, _WORDS)


def _element(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """Return the address of array[index], without the branch for negative indices."""
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [index])


def _load(builder: Any, address: Any, vector: Any, alignment: int) -> Any:
    value = builder.load(builder.bitcast(address, vector.as_pointer()))
    value.align = alignment
    return value


def _store(builder: Any, value: Any, address: Any, alignment: int) -> None:
    done = builder.store(value, builder.bitcast(address, value.type.as_pointer()))
    done.align = alignment


def _splat(builder: Any, value: Any, vector: Any) -> Any:
    undefined = ir.Constant(vector, ir.Undefined)
    single = builder.insert_element(undefined, value, ir.Constant(_i32, 0))
    zeros = ir.Constant(ir.VectorType(_i32, vector.count), [0] * vector.count)
    return builder.shuffle_vector(single, undefined, zeros)


def _call(builder: Any, name: str, result: Any, args: list[Any]) -> Any:
    """Return a call of one of LLVM's intrinsics."""
    function = builder.module.globals.get(name) or ir.Function(
        builder.module, ir.FunctionType(result, [value.type for value in args]), name
    )
    return builder.call(function, args)


def _item_bytes(array_type: Any) -> int:
    return int(array_type.dtype.bitwidth) // 8


@intrinsic
def load(typing_context, array, index):
    """Return the register that begins at array[index]; any alignment, any item type."""

    def codegen(context, builder, signature, args):
        address = _element(context, builder, signature.args[0], *args)
        return _load(builder, address, _WORDS, _item_bytes(signature.args[0]))

    return register(array, types.intp), codegen


@intrinsic
def store(typing_context, array, index, value):
    """Write a register to array[index] and what follows."""

    def codegen(context, builder, signature, args):
        address = _element(context, builder, signature.args[0], args[0], args[1])
        _store(builder, args[2], address, _item_bytes(signature.args[0]))
        return context.get_dummy_value()

    return types.void(array, types.intp, register), codegen


@intrinsic
def prefetch(typing_context, array, index):
    """Ask for the 64 float32 (four cache lines) that begin at array[index], to be changed soon."""

    def codegen(context, builder, signature, args):
        place = _element(context, builder, signature.args[0], *args)
        for line in range(4):
            address = builder.gep(place, [ir.Constant(_i64, 16 * line)])
            address = builder.bitcast(address, ir.IntType(8).as_pointer())
            flags = [ir.Constant(_i32, flag) for flag in (1, 3, 1)]  # write, keep, data
            _call(builder, "llvm.prefetch.p0i8", ir.VoidType(), [address, *flags])
        return context.get_dummy_value()

    return types.void(array, types.intp), codegen


@intrinsic
def zero(typing_context):
    """Return a register of zeros."""

    def codegen(context, builder, signature, args):
        return ir.Constant(_WORDS, [0] * LANES)

    return register(), codegen


@intrinsic
def at(typing_context, array, index):
    """array[index] of an int32 array as intp, without the branch for negative indices."""

    def codegen(context, builder, signature, args):
        value = builder.load(_element(context, builder, signature.args[0], *args))
        return builder.sext(value, _i64)

    return types.intp(array, types.intp), codegen


def _logical(name: str) -> Any:
    @intrinsic
    def operation(typing_context, a, b):
        def codegen(context, builder, signature, args):
            return getattr(builder, name)(*args)

        return register(a, b), codegen

    return operation


xor, both, either = _logical("xor"), _logical("and_"), _logical("or_")


def _ternary(truth_table: int) -> Any:
    """AVX-512's any function of three bits; LLVM 20 does not find the majority by itself."""

    @intrinsic
    def operation(typing_context, a, b, c):
        def codegen(context, builder, signature, args):
            name = f"llvm.x86.avx512.pternlog.q.{64 * LANES}"
            return _call(builder, name, _WORDS, [*args, ir.Constant(_i32, truth_table)])

        return register(a, b, c), codegen

    return operation


if _AVX512:
    _parity, _majority = _ternary(0x96), _ternary(0xE8)

    @njit(inline="always")
    def full_add(a, b, c):
        """One-bit full adder on a register of pixels: (sum, carry)."""
        return _parity(a, b, c), _majority(a, b, c)

else:

    @njit(inline="always")
    def full_add(a, b, c):
        """One-bit full adder on a register of pixels: (sum, carry)."""
        partial = xor(a, b)
        return xor(partial, c), either(both(a, b), both(partial, c))


@njit(inline="always")
def half_add(a, b):
    """One-bit half adder on a register of pixels: (sum, carry)."""
    return xor(a, b), both(a, b)


class Tile(types.Type):
    """The Numba type of the accumulators of FILTERS filters x COLUMNS registers of pixels."""

    def __init__(self) -> None:
        super().__init__(name="Tile")


tile = Tile()


@register_model(Tile)
class _TileModel(models.PrimitiveModel):
    def __init__(self, manager: Any, fe_type: Any) -> None:
        super().__init__(manager, fe_type, ir.ArrayType(_REALS, FILTERS * COLUMNS))


def _fused(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, rounded once (twice on an x86 processor from before 2013)."""
    if _X86_WITHOUT_FMA:
        return builder.fadd(builder.fmul(a, b), c)
    return _call(builder, f"llvm.fma.v{FLOATS}f32", _REALS, [a, b, c])


def _splat_at(builder: Any, address: Any, k: int) -> Any:
    value = builder.load(builder.gep(address, [ir.Constant(_i64, k)]))
    return _splat(builder, value, _REALS)


def _floats_at(builder: Any, address: Any, k: int) -> Any:
    return _load(builder, builder.gep(address, [ir.Constant(_i64, k * FLOATS)]), _REALS, 4)


@intrinsic
def tile_of(typing_context, values, index):
    """Return a tile whose filter k holds values[index + k] (float32) at every pixel."""

    def codegen(context, builder, signature, args):
        address = _element(context, builder, signature.args[0], *args)
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
        weight = _element(context, builder, signature.args[1], args[1], args[2])
        pixel = _element(context, builder, signature.args[3], args[3], args[4])
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
def tile_store(typing_context, sums, filters, target, q, plane):
    """target[q + k * plane + x] = sums[k, x] for the first `filters` filters of the tile."""

    def codegen(context, builder, signature, args):
        index = args[3]
        for k in range(FILTERS):
            with builder.if_then(builder.icmp_signed("<", ir.Constant(_i64, k), args[1])):
                place = _element(context, builder, signature.args[2], args[2], index)
                for column in range(COLUMNS):
                    value = builder.extract_value(args[0], k * COLUMNS + column)
                    address = builder.gep(place, [ir.Constant(_i64, column * FLOATS)])
                    _store(builder, value, address, 4)
            index = builder.add(index, args[4])
        return context.get_dummy_value()

    return types.void(tile, types.intp, target, types.intp, types.intp), codegen


def _counts(builder: Any, counters: Any, planes: int) -> Any:
    """Return the bit-sliced counters of 32 pixels as 32 numbers of 16 bits.

    counters: address of 32 bits of the lowest counter plane; the planes lie a register apart.
    """
    halves: list[Any] = [None, None]
    for k in range(planes):
        address = builder.gep(counters, [ir.Constant(_i64, k * 2 * LANES)])
        mask = builder.bitcast(builder.load(address), _BITS)
        bit = ir.Constant(_BYTES, [1 << (k % 8)] * _CHUNK)
        value = builder.select(mask, bit, ir.Constant(_BYTES, [0] * _CHUNK))
        half = halves[k // 8]
        halves[k // 8] = value if half is None else builder.or_(half, value)
    low, high = (builder.zext(half, _SHORTS) for half in halves)
    return builder.or_(low, builder.shl(high, ir.Constant(_SHORTS, [8] * _CHUNK)))


@intrinsic
def store_counts(typing_context, counters, chunk, totals, index):
    """totals[index : index + 32] = the counters (twelve planes) of 32 pixels.

    counters: uint32, chunk: which 32 pixels of the register; totals: int16.
    """

    def codegen(context, builder, signature, args):
        place = _element(context, builder, signature.args[0], args[0], args[1])
        target = _element(context, builder, signature.args[2], args[2], args[3])
        _store(builder, _counts(builder, place, 12), target, 2)
        return context.get_dummy_value()

    return types.void(counters, types.intp, totals, types.intp), codegen


def _finish(planes: int) -> Any:
    """Return the epilogue of 32 pixels of one filter whose counters have so many planes.

    In: S from the counters, T from totals.  half_sum = 2 S - T + offset is half the XNOR sum, up
    to the sign that gain carries.  y = gain * half_sum + bias, rounded after each step so that
    NumPy gives the same; target = keep * source + PReLU(y); sign bit where target < threshold.
    """

    @intrinsic
    def finish(
        typing_context,
        counters,
        chunk,
        totals,
        t,
        source,
        i,
        target,
        o,
        signs,
        s,
        offset,
        gain,
        bias,
        slope,
        threshold,
        keep,
    ):
        def codegen(context, builder, signature, args):
            places = [
                _element(context, builder, signature.args[k], args[k], args[k + 1])
                for k in (0, 2, 4, 6, 8)
            ]
            count = _counts(builder, places[0], planes)
            total = _load(builder, places[1], _SHORTS, 2)
            twice = builder.sub(builder.add(count, count), total)
            half_sum = builder.add(twice, _splat(builder, builder.trunc(args[10], _i16), _SHORTS))
            gain_, bias_, slope_, threshold_, keep_ = (
                _splat(builder, value, _CHUNK_REALS) for value in args[11:]
            )
            y = builder.fadd(builder.fmul(builder.sitofp(half_sum, _CHUNK_REALS), gain_), bias_)
            positive = builder.fcmp_ordered(">", y, ir.Constant(_CHUNK_REALS, [0.0] * _CHUNK))
            y = builder.select(positive, y, builder.fmul(y, slope_))
            kept = builder.fmul(_load(builder, places[2], _CHUNK_REALS, 4), keep_)
            feature = builder.fadd(kept, y)
            _store(builder, feature, places[3], 4)
            negative = builder.fcmp_ordered("<", feature, threshold_)
            builder.store(builder.bitcast(negative, _i32), places[4])
            return context.get_dummy_value()

        arrays = (counters, totals, source, target, signs)
        pairs = [kind for array in arrays for kind in (array, types.intp)]
        return types.void(*pairs, types.intp, *[types.float32] * 5), codegen

    return finish


finish_narrow, finish_wide = _finish(9), _finish(12)


@intrinsic
def store_signs(typing_context, source, i, signs, s, threshold):
    """signs[s] = the 32 bits source[i : i + 32] < threshold (float32 in, uint32 out)."""

    def codegen(context, builder, signature, args):
        place = _element(context, builder, signature.args[0], args[0], args[1])
        target = _element(context, builder, signature.args[2], args[2], args[3])
        limit = _splat(builder, args[4], _CHUNK_REALS)
        negative = builder.fcmp_ordered("<", _load(builder, place, _CHUNK_REALS, 4), limit)
        builder.store(builder.bitcast(negative, _i32), target)
        return context.get_dummy_value()

    return types.void(source, types.intp, signs, types.intp, types.float32), codegen
