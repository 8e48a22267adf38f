using Slipway.Trainer.Trainers.FastTree;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Trainers.BoostedTrees;

public sealed class BoostedTreesBinary : BoostedTreesTrainer
{
    public BoostedTreesBinary() : this(LightGbmLibrary.Problem) { }

    internal BoostedTreesBinary(string? problem) : base(new LightGbmBinary(), new FastTreeBinary(), problem) { }
}
