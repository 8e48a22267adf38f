namespace Slipway.Registry.Evaluation;

/// <summary>Scores with their labels, highest first, for all ranking metrics.</summary>
public sealed class RankedScores
{
    private readonly float[] _scores;
    private readonly bool[] _labels;

    public RankedScores(ReadOnlySpan<float> scores, ReadOnlySpan<bool> labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"{scores.Length} scores for {labels.Length} labels.");
        _scores = scores.ToArray();
        _labels = labels.ToArray();
        Array.Sort(_scores, _labels);
        Array.Reverse(_scores);
        Array.Reverse(_labels);
    }

    /// <param name="labels">1 for positive.</param>
    public static RankedScores Of(float[] scores, float[] labels) => new(scores, [.. labels.Select(label => label == 1)]);

    public int Count => _scores.Length;

    public int Positives => _labels.Count(label => label);

    public float Score(int rank) => _scores[rank];

    public bool Label(int rank) => _labels[rank];

    /// <summary>Equal scores are indistinguishable: metrics process them in one step.</summary>
    public bool EndsTie(int rank) => rank == _scores.Length - 1 || _scores[rank] != _scores[rank + 1];
}
