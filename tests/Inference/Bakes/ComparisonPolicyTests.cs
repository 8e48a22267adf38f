using Slipway.Inference.Bakes;
using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Bakes;

public sealed class ComparisonPolicyTests
{
    private static readonly PredictedDisagreement Predicted = new(1000, 50, 0.04, 0.06);

    [TestCase(100, 0, 0, 0, 100, 0, false, null, TestName = "NothingIsWrong")]
    [TestCase(100, 1, 0, 0, 99, 0, false, "no finite prediction for 1 of 100", TestName = "OneRequestThatItFailsIsEnough")]
    [TestCase(15, 0, 15, 0, 0, 0, false, null, TestName = "FewPairsSayNothingAboutTime")]
    [TestCase(16, 0, 13, 0, 0, 0, false, "3 times as long as version 1 for 13 of 16", TestName = "MostPairsAreSlower")]
    [TestCase(16, 0, 12, 0, 0, 0, false, null, TestName = "SoManyOfFewPairsMayBeChance")]
    [TestCase(100, 0, 50, 0, 0, 0, false, null, TestName = "HalfThePairsAreSlower")]
    [TestCase(100, 0, 51, 0, 0, 0, false, "for 51 of 100", TestName = "MoreThanHalfThePairsAreSlower")]
    [TestCase(100, 0, 55, 30, 0, 0, false, null, TestName = "TimesThatGoBothWaysAreTheMachines")]
    [TestCase(2, 0, 2, 0, 0, 0, true, "for 2 of 2", TestName = "FewPairsAreEnoughWhereThereWasNoTimeForMore")]
    [TestCase(1, 0, 1, 0, 0, 0, true, null, TestName = "OnePairIsNot")]
    [TestCase(9, 0, 8, 0, 0, 0, true, null, TestName = "OneOfThemThatIsAsFastAsBeforeIsEnoughToDoubt")]
    [TestCase(19, 0, 0, 0, 19, 19, false, null, TestName = "FewRequestsSayNothingAboutDisagreement")]
    [TestCase(20, 0, 0, 0, 20, 20, false, "something else than version 1 for 20 of 20", TestName = "AllDisagree")]
    [TestCase(200, 0, 0, 0, 200, 52, false, null, TestName = "DisagreementAtTheBound")]
    [TestCase(200, 0, 0, 0, 200, 90, false, "after 50 of 1000 on the holdout, up to 26 % is accepted", TestName = "DisagreementFarBeyondTheBound")]
    public void Judges(int pairs, int failed, int slower, int faster, int compared, int disagreed, bool isCut, string? problem) => Assert.That(
        ComparisonPolicy.Problem(new(pairs, failed, slower, faster, compared, disagreed, isCut), Predicted, new(), before: 1),
        problem is null ? Is.Null : Does.Contain(problem));

    [Test]
    public void DisagreementThatNobodyPredictedIsNotJudged() =>
        Assert.That(ComparisonPolicy.Problem(new(200, 0, 0, 0, 200, 200, false), null, new(), before: 1), Is.Null);
}
