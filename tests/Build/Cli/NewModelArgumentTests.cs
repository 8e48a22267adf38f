using Slipway.Build.Cli;

namespace Slipway.Build.Tests.Cli;

/// <summary>The one target that takes a model which is not there.</summary>
public sealed class NewModelArgumentTests
{
    private static readonly ArgumentValidator Validator = new(
        TargetCatalog.Of(typeof(BuildContext).Assembly), new RepositoryFacts(["predictive-maintenance", "tumor-diagnosis"], ["local"]));

    [TestCase("--model=pumps --dataset=pumps.csv --label=leaks")]
    [TestCase("--model=pumps --dataset=pumps.csv --label=leaks --task=regression --environment=local")]
    public void TakesAModelThatIsNotThereYet(string typed) => Assert.That(Problem(typed), Is.Null);

    [TestCase("--model=Pumps --dataset=a.csv --label=y", "--model is not a valid model name: 'Pumps' (lower-case letters, digits and hyphens, starting with a letter, at most 40 characters); how about pumps.")]
    [TestCase("--model=tumor-diagnosis --dataset=a.csv --label=y", "--model names a model that exists already: 'tumor-diagnosis'. Train it with ./build.sh --target=Train --model=tumor-diagnosis --dataset=<file>, or choose another name.")]
    [TestCase("--model=pumps --dataset=a.csv", "NewModel requires --label=<column>: the target column to predict.")]
    [TestCase("--model=pumps --label=y", "NewModel requires --dataset=<file>: a CSV file with a header, to train on.")]
    [TestCase("--dataset=a.csv --label=y", "NewModel requires --model=<name>: the name of the new model.")]
    [TestCase("--model=pumps --dataset=a.csv --label=y --task=ranking", "--task must be binary or multiclass or regression, not 'ranking'.")]
    [TestCase("--model=pumps --dataset=a.csv --lable=y", "There is no argument --lable. Did you mean --label?")]
    public void SaysWhatIsWrong(string typed, string problem) => Assert.That(Problem(typed), Does.StartWith(problem));

    [Test]
    public void LeavesOtherTargetsAsStrictAsTheyWere() =>
        Assert.That(
            Validator.FirstProblem(CommandLineParser.Parse(["--target=Train", "--model=pumps"])),
            Does.StartWith("--model names an unknown model: 'pumps'."));

    private static string? Problem(string typed) => Validator.FirstProblem(CommandLineParser.Parse(["--target=NewModel", .. typed.Split(' ')]));
}
