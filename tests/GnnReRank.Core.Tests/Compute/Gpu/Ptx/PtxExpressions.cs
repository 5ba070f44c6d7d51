using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>Frequent instructions as code on the registers of a thread: the same as <see cref="PtxScalar"/> does, faster.</summary>
internal sealed class PtxExpressions(ParameterExpression thread, ParameterExpression registers)
{
    private static readonly ConstantExpression s_zero = Expression.Constant(0UL);
    private static readonly ConstantExpression s_one = Expression.Constant(1UL);

    /// <summary>The code of an instruction; null where none is made here.</summary>
    public Expression? Of(PtxInstruction instruction)
    {
        PtxOperand[] o = instruction.Operands;
        string[] parts = instruction.Opcode.Split('.');
        if (parts[0] == "ld" && parts[1] is "global" or "shared" or "param" || parts is ["ld", _])
        {
            return Load(parts, o[0].Vector, o[1]);
        }

        if (parts[0] == "st" && parts[1] is "global" or "shared" || parts is ["st", _])
        {
            return Store(parts, o[0], o[1]);
        }

        if (PtxArithmetic.Of(parts) is null || o.Length < 2 || o[0].Register < 0)
        {
            return null;
        }

        Expression[] values = [.. o[1..].Select(Value)];
        return Compute(parts, PtxType.Parse(parts[^1]), values) is { } result
            ? Expression.Assign(Register(o[0].Register), result)
            : null;
    }

    private static Expression? Compute(string[] parts, PtxType type, Expression[] v) => parts[0] switch
    {
        "mov" => Wrap(type, v[0]),
        "selp" => Wrap(type, Expression.Condition(Expression.NotEqual(v[2], s_zero), v[0], v[1])),
        "setp" when !type.IsFloat => Compare(parts[1], type, v[0], v[1]),
        "cvt" when !type.IsFloat && PtxType.Parse(parts[^2]) is { IsFloat: false } to => Wrap(to, Extend(type, v[0])),
        _ when type is { IsFloat: true, Bits: 32 } => Float(parts, v),
        _ when !type.IsFloat => Integer(parts, type, v),
        _ => null,
    };

    private static Expression? Integer(string[] parts, PtxType type, Expression[] v) => (parts[0], parts[1]) switch
    {
        ("add", _) => Wrap(type, Expression.Add(v[0], v[1])),
        ("sub", _) => Wrap(type, Expression.Subtract(v[0], v[1])),
        ("mul", "lo") => Wrap(type, Expression.Multiply(v[0], v[1])),
        ("mul", "wide") => Expression.Multiply(Extend(type, v[0]), Extend(type, v[1])),
        ("mad", "lo") => Wrap(type, Expression.Add(Expression.Multiply(v[0], v[1]), v[2])),
        ("and", _) => Expression.And(v[0], Wrap(type, v[1])),
        ("or", _) => Expression.Or(v[0], Wrap(type, v[1])),
        ("xor", _) => Expression.ExclusiveOr(v[0], Wrap(type, v[1])),
        _ => null,
    };

    private static Expression? Float(string[] parts, Expression[] v) => parts[0] switch
    {
        "add" => Bits(Expression.Add(Single(v[0]), Single(v[1]))),
        "sub" => Bits(Expression.Subtract(Single(v[0]), Single(v[1]))),
        "mul" => Bits(Expression.Multiply(Single(v[0]), Single(v[1]))),
        "fma" when parts[1] == "rn" =>
            Bits(Expression.Call(typeof(MathF), nameof(MathF.FusedMultiplyAdd), null, Single(v[0]), Single(v[1]), Single(v[2]))),
        _ => null,
    };

    private static Expression? Compare(string relation, PtxType type, Expression a, Expression b)
    {
        (Expression first, Expression second) = type.IsSigned
            ? (Expression.Convert(Extend(type, a), typeof(long)), Expression.Convert(Extend(type, b), typeof(long)))
            : ((Expression)Wrap(type, a), Wrap(type, b));
        Expression? holds = relation switch
        {
            "eq" => Expression.Equal(first, second),
            "ne" => Expression.NotEqual(first, second),
            "lt" or "lo" => Expression.LessThan(first, second),
            "le" or "ls" => Expression.LessThanOrEqual(first, second),
            "gt" or "hi" => Expression.GreaterThan(first, second),
            "ge" or "hs" => Expression.GreaterThanOrEqual(first, second),
            _ => null,
        };
        return holds is null ? null : Expression.Condition(holds, s_one, s_zero);
    }

    private BlockExpression Load(string[] parts, int[] targets, PtxOperand address)
    {
        int bytes = PtxType.Parse(parts[^1]).Bytes;
        ParameterExpression at = Expression.Variable(typeof(ulong));
        List<Expression> steps = [Expression.Assign(at, Value(address))];
        for (int i = 0; i < targets.Length; i++)
        {
            steps.Add(Expression.Assign(Register(targets[i]), Expression.Call(
                Access(parts[1], "Load"), thread, at, Expression.Constant(bytes), Expression.Constant(i), Expression.Constant(targets.Length))));
        }

        return Expression.Block([at], steps);
    }

    private BlockExpression Store(string[] parts, PtxOperand address, PtxOperand source)
    {
        int bytes = PtxType.Parse(parts[^1]).Bytes;
        int count = parts[^2] is ['v', ..] vector ? int.Parse(vector.AsSpan(1), CultureInfo.InvariantCulture) : 1;
        ParameterExpression at = Expression.Variable(typeof(ulong));
        List<Expression> steps = [Expression.Assign(at, Value(address))];
        for (int i = 0; i < count; i++)
        {
            steps.Add(Expression.Call(
                Access(parts[1], "Store"), thread, at, Expression.Constant(bytes), Expression.Constant(i), Expression.Constant(count),
                count > 1 ? Register(source.Vector[i]) : Value(source)));
        }

        return Expression.Block([at], steps);
    }

    private static MethodInfo Access(string space, string kind) =>
        typeof(PtxAccess).GetMethod(kind + (space switch { "shared" => "Shared", "param" => "Parameter", _ => "Global" }))!;

    private IndexExpression Register(int slot) => Expression.ArrayAccess(registers, Expression.Constant(slot));

    private Expression Value(PtxOperand operand)
    {
        Expression value = operand.Special is { } special
            ? Expression.Call(thread, nameof(PtxThread.Special), null, Expression.Constant(special))
            : operand.Register < 0 ? s_zero : Register(operand.Register);
        return operand.Value == 0 ? value
            : value == s_zero ? Expression.Constant(operand.Value)
            : Expression.Add(value, Expression.Constant(operand.Value));
    }

    private static Expression Wrap(PtxType type, Expression value) =>
        type.Bits == 64 ? value : Expression.And(value, Expression.Constant((1UL << type.Bits) - 1));

    private static Expression Extend(PtxType type, Expression value)
    {
        if (!type.IsSigned || type.Bits == 64)
        {
            return Wrap(type, value);
        }

        ConstantExpression shift = Expression.Constant(64 - type.Bits);
        Expression high = Expression.Convert(Expression.LeftShift(value, shift), typeof(long));
        return Expression.Convert(Expression.RightShift(high, shift), typeof(ulong));
    }

    private static MethodCallExpression Single(Expression bits) =>
        Expression.Call(typeof(BitConverter), nameof(BitConverter.UInt32BitsToSingle), null, Expression.Convert(bits, typeof(uint)));

    private static UnaryExpression Bits(Expression value) => Expression.Convert(
        Expression.Call(typeof(BitConverter), nameof(BitConverter.SingleToUInt32Bits), null, value), typeof(ulong));
}
