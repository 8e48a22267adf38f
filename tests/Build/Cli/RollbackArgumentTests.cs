using Slipway.Build.Cli;
using Slipway.Build.Tasks;

namespace Slipway.Build.Tests.Cli;

public sealed class RollbackArgumentTests
{
    private static readonly ArgumentValidator Validator = new(TargetCatalog.Of([typeof(Rollback), typeof(Status)]), new(["pumps"], ["local"]));

    [TestCase("")]
    [TestCase("--model=pumps")]
    [TestCase("--to=2")]
    [TestCase("--model=pumps --to=2")]
    [TestCase("--what=last-change")]
    [TestCase("--what=traffic --reason=slow")]
    [TestCase("--what=model --model=pumps")]
    [TestCase("--what=model --model=pumps --to=2")]
    [TestCase("--what=model --tree")]
    public void WhatMakesSenseIsTaken(string typed) => Assert.That(Problem(typed), Is.Null);

    [TestCase("--what=model", "--what=model requires --model=<name>: the model to roll back.")]
    [TestCase("--what=model --to=2", "--what=model requires --model=<name>: the model to roll back.")]
    [TestCase("--what=traffic --model=pumps", "--what=traffic does not take --model. To roll that model back: --what=model --model=pumps")]
    [TestCase("--what=traffic --to=2", "--to applies to a model, not to --what=traffic. To roll back to that version: --what=model --model=<name> --to=2")]
    [TestCase("--what=last-change --model=pumps", "--what=last-change does not take --model. To roll that model back: --what=model --model=pumps")]
    [TestCase("--what=last-change --to=2 --model=pumps", "--to applies to a model, not to --what=last-change. To roll back to that version: --what=model --model=<name> --to=2")]
    [TestCase("--what=everything", "--what must be last-change or traffic or model, not 'everything'.")]
    [TestCase("--what=", "--what needs a value: --what=last-change|traffic|model.")]
    public void ContradictionIsWrongUsageBeforeAnythingRuns(string typed, string problem) => Assert.That(Problem(typed), Is.EqualTo(problem));

    private static string? Problem(string typed) =>
        Validator.FirstProblem(CommandLineParser.Parse(["--target=Rollback", .. typed.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
}
