namespace Slipway.Inference.Evaluators;

/// <summary>From encoded rows to scores.</summary>
public abstract class ScoreStep
{
    /// <summary>The number of scores of a row.</summary>
    public abstract int Width { get; }

    /// <summary>What it takes in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>Where the scores change abruptly: features, and values of them. Empty for scores that are defined for finite numbers only.</summary>
    public virtual IEnumerable<(int Feature, float Threshold)> Splits => [];

    /// <param name="inputs">[rows, F]</param>
    /// <param name="scores">[rows, <see cref="Width"/>]</param>
    public abstract void Run(ReadOnlySpan<float> inputs, Span<float> scores, int rows);
}
