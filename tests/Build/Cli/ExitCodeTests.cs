using Cake.Core;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Tests.Cli;

public sealed class ExitCodeTests
{
    private static readonly TestCaseData[] Failures =
    [
        new(new SlipwayException("no disk"), 1),
        new(new InvalidOperationException("a defect"), 1),
        new(new UsageException("no such flag"), 2),
        new(new RefusedException("recall 0.4 is below 0.6"), 3),
        new(new CakeException(7, "a tool's own"), 7),
        new(new CakeException(0, "an exception is never success"), 1),
        new(new InvalidOperationException("wrapped", new RefusedException("no")), 3),
        new(new AggregateException(new RefusedException("no")), 3),
    ];

    [TestCaseSource(nameof(Failures))]
    public void AFailureDecidesTheCode(Exception failure, int code)
    {
        var outcome = new Outcome();
        outcome.Fail(failure);

        Assert.That(outcome.ExitCode(255), Is.EqualTo(code));
    }

    [Test]
    public void ARunThatFailedBeforeItsFirstTaskIsAFailure() => Assert.That(new Outcome().ExitCode(255), Is.EqualTo(1));

    [Test]
    public void ARunWithoutFailureIsDone() => Assert.That(new Outcome().ExitCode(0), Is.Zero);
}
