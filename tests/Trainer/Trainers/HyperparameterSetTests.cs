using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Trainers;

public sealed class HyperparameterSetTests
{
    private static readonly Hyperparameter[] Known = [new("learningRate", 0.1, 0.001, 1), new("numberOfLeaves", 31, 2, 100, IsInteger: true)];

    [Test]
    public void PrefersTheJobToTheSpecToTheDefault()
    {
        var set = Resolve(new() { ["learningRate"] = 0.2, ["numberOfLeaves"] = 8 }, new() { ["numberOfLeaves"] = "16" });

        Assert.That(set.ToWords(), Is.EqualTo(new Dictionary<string, string> { ["learningRate"] = "0.2", ["numberOfLeaves"] = "16" }));
    }

    [Test]
    public void TakesDefaultsForWhatNobodyNames() =>
        Assert.That(Resolve([], []).ToWords()["learningRate"], Is.EqualTo("0.1"));

    [TestCase("numberOfLeafs", "8", "'numberOfLeafs' in the job's hyperparameters is unknown. Did you mean numberOfLeaves?")]
    [TestCase("numberOfLeaves", "8.5", "must be a whole number from 2 to 100")]
    [TestCase("numberOfLeaves", "1", "must be a whole number from 2 to 100")]
    [TestCase("learningRate", "fast", "must be a number from 0.001 to 1")]
    [TestCase("learningRate", "NaN", "must be a number from 0.001 to 1")]
    [TestCase("learningRate", "", "must be a number from 0.001 to 1")]
    public void RefusesWhatMakesNoSense(string name, string value, string reason) =>
        Assert.That(() => Resolve([], new() { [name] = value }), Throws.TypeOf<SlipwayException>().With.Message.Contains(reason));

    [Test]
    public void ReportsEveryProblemAtOnce() =>
        Assert.That(() => Resolve(new() { ["depth"] = 3 }, new() { ["learningRate"] = "9" }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'depth' in model.json").And.Message.Contains("'learningRate' in the job's"));

    private static HyperparameterSet Resolve(Dictionary<string, double> spec, Dictionary<string, string> job) =>
        HyperparameterSet.Resolve(TrainerNames.LightGbm, Known, spec, job);
}
