using Slipway.Trainer.Trainers.FastTree;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Trainers.BoostedTrees;

public sealed class BoostedTreesRegression : BoostedTreesTrainer
{
    public BoostedTreesRegression() : this(LightGbmLibrary.Problem) { }

    internal BoostedTreesRegression(string? problem) : base(new LightGbmRegression(), new FastTreeRegression(), problem) { }
}
