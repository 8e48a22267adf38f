namespace Slipway.Trainer;

public sealed class BoostedTreesRegression : BoostedTreesTrainer
{
    public BoostedTreesRegression() : this(LightGbmLibrary.Problem) { }

    internal BoostedTreesRegression(string? problem) : base(new LightGbmRegression(), new FastTreeRegression(), problem) { }
}
