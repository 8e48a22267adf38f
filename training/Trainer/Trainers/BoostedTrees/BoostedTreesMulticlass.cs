using Slipway.Trainer.Trainers.FastTree;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Trainers.BoostedTrees;

public sealed class BoostedTreesMulticlass : BoostedTreesTrainer
{
    public BoostedTreesMulticlass() : this(LightGbmLibrary.Problem) { }

    internal BoostedTreesMulticlass(string? problem) : base(new LightGbmMulticlass(), new FastTreeMulticlass(), problem) { }
}
