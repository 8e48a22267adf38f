using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.BoostedTrees;
using Slipway.Trainer.Trainers.FastTree;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Tests.Trainers.BoostedTrees;

/// <summary>Boosted trees as on a machine where LightGBM does not load.</summary>
internal static class WithoutLightGbm
{
    public static ModelTrainers Trainers { get; } = new(typeof(Binary), typeof(Multiclass), typeof(Regression));

    private static string Problem => LightGbmLibrary.Explain("linux-arm64", isThere: false);

    private sealed class Binary() : BoostedTreesTrainer(new LightGbmBinary(Problem), new FastTreeBinary(), Problem);

    private sealed class Multiclass() : BoostedTreesTrainer(new LightGbmMulticlass(), new FastTreeMulticlass(), Problem);

    private sealed class Regression() : BoostedTreesTrainer(new LightGbmRegression(), new FastTreeRegression(), Problem);
}
