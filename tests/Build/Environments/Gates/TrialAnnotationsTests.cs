using Slipway.Build.Cli.GitHub;
using Slipway.Build.Environments.Gates;

namespace Slipway.Build.Tests.Environments.Gates;

public sealed class TrialAnnotationsTests
{
    private const string File = "training/models/pumps/model.json";

    private static readonly byte[] Spec = "{\n \"gates\": {\n  \"metrics\": {\n   \"recall\": {}\n}}}"u8.ToArray();

    [Test]
    public void GateThatSaidNoIsAnErrorOnItsLine() => Assert.That(
        TrialAnnotations.Of(TrialRecords.Refused(), File, Spec),
        Is.EqualTo(new[]
        {
            new Annotation(AnnotationLevel.Error, "FAIL metric recall 0.5 (>= 0.7): recall on the holdout is 0.5.", "pumps: a gate failed", File, 4),
        }));

    [Test]
    public void ModelThatCannotBeReadIsAnErrorOnItsFile() => Assert.That(
        TrialAnnotations.Of(TrialRecords.Broken(), File, Spec).Single(),
        Is.EqualTo(new Annotation(AnnotationLevel.Error, "'label' is missing.", "pumps: no candidate", File)));

    [Test]
    public void ModelThatWasNotTriedIsAWarning() =>
        Assert.That(TrialAnnotations.Of(TrialRecords.NotTrained(), File, Spec).Single().Level, Is.EqualTo(AnnotationLevel.Warning));

    [Test]
    public void ModelThatPassedNeedsNoRemark() => Assert.That(TrialAnnotations.Of(TrialRecords.Passed(), File, Spec), Is.Empty);
}
