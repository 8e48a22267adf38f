namespace Slipway.Trainer;

public sealed class BoostedTreesMulticlass : BoostedTreesTrainer
{
    public BoostedTreesMulticlass() : this(LightGbmLibrary.Problem) { }

    internal BoostedTreesMulticlass(string? problem) : base(new LightGbmMulticlass(), new FastTreeMulticlass(), problem) { }
}
