namespace Slipway.Inference.Evaluators;

/// <summary>One operator after the scores, in place.</summary>
/// <param name="Operation">Which one.</param>
/// <param name="Values">The constant that it takes, one for each output or one for all; empty if it takes none.</param>
public sealed record LinkStep(LinkOperation Operation, float[] Values)
{
    /// <param name="scores">[rows, <paramref name="width"/>]</param>
    public void Run(Span<float> scores, int width)
    {
        switch (Operation)
        {
            case LinkOperation.Softmax:
                for (; !scores.IsEmpty; scores = scores[width..])
                    Softmax(scores[..width]);
                break;
            case LinkOperation.Add or LinkOperation.Sub or LinkOperation.Mul:
                for (var i = 0; i < scores.Length; i++)
                    scores[i] = Combine(scores[i], Values.Length == 1 ? Values[0] : Values[i % width]);
                break;
            default:
                foreach (ref var score in scores)
                    score = Map(score);
                break;
        }
    }

    private float Combine(float score, float value) => Operation switch
    {
        LinkOperation.Add => score + value,
        LinkOperation.Sub => score - value,
        _ => score * value,
    };

    // in double precision, which is closer to the exact value than ONNX Runtime's approximations are
    private float Map(float score) => Operation switch
    {
        LinkOperation.Neg => -score,
        LinkOperation.Sigmoid => (float)(1 / (1 + Math.Exp(-(double)score))),
        LinkOperation.Softplus => (float)(Math.Max(score, 0d) + Math.Log(1 + Math.Exp(-Math.Abs((double)score)))),
        _ => throw new InvalidOperationException($"{Operation} does not map a score to a score."),
    };

    private static void Softmax(Span<float> row)
    {
        var most = float.NegativeInfinity;
        foreach (var score in row)
            most = MathF.Max(most, score);
        var sum = 0d;
        foreach (ref var score in row)
            sum += score = (float)Math.Exp((double)score - most);
        foreach (ref var score in row)
            score = (float)(score / sum);
    }
}

/// <summary>Operators of ONNX, by their names there.</summary>
public enum LinkOperation
{
    Add,
    Sub,
    Mul,
    Neg,
    Sigmoid,
    Softplus,
    Softmax,
}
