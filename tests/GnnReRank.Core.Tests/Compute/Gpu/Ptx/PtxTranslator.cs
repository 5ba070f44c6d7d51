using System.Linq.Expressions;
using System.Reflection;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>
/// A program as one compiled function that runs a thread until it needs others. Frequent instructions become code;
/// what others do is said by <see cref="PtxScalar"/> alone.
/// </summary>
internal sealed class PtxTranslator
{
    private static readonly PropertyInfo s_next = typeof(PtxThread).GetProperty(nameof(PtxThread.Next))!;
    private static readonly PropertyInfo s_done = typeof(PtxThread).GetProperty(nameof(PtxThread.Done))!;

    private readonly ParameterExpression _thread = Expression.Parameter(typeof(PtxThread), "thread");
    private readonly ParameterExpression _registers = Expression.Variable(typeof(ulong[]), "registers");
    private readonly LabelTarget _end = Expression.Label("end");
    private readonly Dictionary<int, LabelTarget> _labels = [];
    private readonly PtxInstruction[] _instructions;
    private readonly Dictionary<string, int> _targets;

    private PtxTranslator(PtxInstruction[] instructions, Dictionary<string, int> targets)
    {
        _instructions = instructions;
        _targets = targets;
    }

    /// <summary>Compiles instructions.</summary>
    /// <param name="instructions">The instructions.</param>
    /// <param name="targets">The places of the labels among them.</param>
    public static Action<PtxThread> Compile(PtxInstruction[] instructions, Dictionary<string, int> targets) =>
        new PtxTranslator(instructions, targets).Compile();

    /// <summary>Whether an instruction needs other threads.</summary>
    public static bool NeedsOthers(PtxInstruction instruction) =>
        instruction.Opcode == "bar.sync" || PtxWarp.Step(instruction) is not null;

    private Action<PtxThread> Compile()
    {
        int[] entries = [0, .. Enumerable.Range(0, _instructions.Length).Where(at => NeedsOthers(_instructions[at])).Select(at => at + 1)];
        List<Expression> body =
        [
            Expression.Assign(_registers, Expression.Property(_thread, nameof(PtxThread.Registers))),
            Expression.Switch(
                Expression.Property(_thread, s_next),
                Expression.Throw(Expression.Constant(new InvalidOperationException("A thread resumes where none waits."))),
                [.. entries.Distinct().Select(at => Expression.SwitchCase(Expression.Goto(LabelAt(at)), Expression.Constant(at)))]),
        ];
        foreach (int target in _targets.Values)
        {
            LabelAt(target);
        }

        for (int at = 0; at < _instructions.Length; at++)
        {
            if (_labels.TryGetValue(at, out LabelTarget? label))
            {
                body.Add(Expression.Label(label));
            }

            body.Add(Translate(_instructions[at], at));
        }

        if (_labels.TryGetValue(_instructions.Length, out LabelTarget? last))
        {
            body.Add(Expression.Label(last));
        }

        body.Add(Expression.Assign(Expression.Property(_thread, s_done), Expression.Constant(true)));
        body.Add(Expression.Label(_end));
        return Expression.Lambda<Action<PtxThread>>(Expression.Block([_registers], body), _thread).Compile();
    }

    private Expression Translate(PtxInstruction instruction, int at)
    {
        if (NeedsOthers(instruction))
        {
            return instruction.Guard < 0
                ? Leave(at)
                : throw new NotSupportedException($"{instruction.Opcode} under a predicate.");
        }

        Expression step = instruction.Target is { } label ? Expression.Goto(LabelAt(_targets[label]))
            : instruction.Opcode == "ret" ? Expression.Block(
                Expression.Assign(Expression.Property(_thread, s_done), Expression.Constant(true)), Leave(at))
            : new PtxExpressions(_thread, _registers).Of(instruction)
                ?? Expression.Invoke(Expression.Constant(PtxScalar.Step(instruction)), _thread);
        return instruction.Guard < 0 ? step : Expression.IfThen(
            Expression.Equal(
                Expression.ArrayIndex(_registers, Expression.Constant(instruction.Guard)),
                Expression.Constant(instruction.GuardValue)),
            step);
    }

    private BlockExpression Leave(int at) => Expression.Block(
        Expression.Assign(Expression.Property(_thread, s_next), Expression.Constant(at)), Expression.Goto(_end));

    private LabelTarget LabelAt(int at)
    {
        if (!_labels.TryGetValue(at, out LabelTarget? label))
        {
            _labels.Add(at, label = Expression.Label($"at{at}"));
        }

        return label;
    }
}
