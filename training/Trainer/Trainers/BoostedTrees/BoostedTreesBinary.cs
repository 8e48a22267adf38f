namespace Slipway.Trainer;

public sealed class BoostedTreesBinary : BoostedTreesTrainer
{
    public BoostedTreesBinary() : this(LightGbmLibrary.Problem) { }

    internal BoostedTreesBinary(string? problem) : base(new LightGbmBinary(), new FastTreeBinary(), problem) { }
}
