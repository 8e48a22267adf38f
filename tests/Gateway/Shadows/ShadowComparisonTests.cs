using System.Text;
using Slipway.Gateway.Shadows;
using Slipway.Registry.Models;

namespace Slipway.Gateway.Tests.Shadows;

public sealed class ShadowComparisonTests
{
    private static readonly PredictedDisagreement Labels = new(100, 3, 0.01, 0.08);
    private static readonly PredictedDisagreement Values = new(100, 5, 0.02, 0.11, Tolerance: 0.5);

    [TestCase("""{"outputs":[{"name":"p","shape":[2,1],"data":[0.1,0.9]},{"name":"label","shape":[2,1],"data":["no","yes"]}]}""", "application/json", 2, 1, "no yes")]
    [TestCase("""{"predictions":[{"p":0.1,"label":"no"},{"p":0.9,"label":"yes"}]}""", "application/json; charset=utf-8", 2, 1, "no yes")]
    [TestCase("""{"predictions":[{"p":{"a":0.1,"b":0.9},"label":"b"}]}""", "application/json", 1, 2, "b")]
    [TestCase("p,label\n0.1,no\n0.9,yes\n", "text/csv", 2, 1, "no yes")]
    [TestCase("1.5\n2.5\n", "text/csv", 2, 1, "")]
    public void ReadsTheFormatsOfServers(string body, string type, int rows, int width, string labels)
    {
        var read = Read(body, type)!;

        Assert.That((read.Rows, read.Width, string.Join(' ', read.Labels)), Is.EqualTo((rows, width, labels)));
    }

    [TestCase("""{"outputs":[{"name":"p","shape":[1,1],"parameters":{"binary_data_size":4}}]}""", "application/json")]
    [TestCase("""{"outputs":7}""", "application/json")]
    [TestCase("""{"outputs":[{"name":"p","shape":[],"data":[0.1]}]}""", "application/json")]
    [TestCase("""[1]""", "application/json")]
    [TestCase("{", "application/json")]
    [TestCase("abc", "application/octet-stream")]
    [TestCase("", "text/csv")]
    public void LeavesOtherAnswersAlone(string body, string type) => Assert.That(Read(body, type), Is.Null);

    [TestCase(0.5, 0.5004, false)]
    [TestCase(0.5, 0.502, true)]
    [TestCase(1000, 1000.9, false)]
    [TestCase(0.5, double.NaN, true)]
    public void AnotherReleaseHasToPredictTheSame(double stable, double candidate, bool disagrees) =>
        Assert.That(ShadowComparison.Disagree(One(stable, "a"), One(candidate, "a"), predicted: null, row: 0), Is.EqualTo(disagrees));

    [Test]
    public void AnotherReleaseHasToGiveTheSameLabels() =>
        Assert.That(ShadowComparison.Disagree(One(0.5, "a"), One(0.5, "b"), predicted: null, row: 0), Is.True);

    [TestCase("a", false)]
    [TestCase("b", true)]
    public void AnotherVersionOfAClassifierIsComparedByLabels(string label, bool disagrees) =>
        Assert.That(ShadowComparison.Disagree(One(0.9, "a"), One(0.6, label), Labels, row: 0), Is.EqualTo(disagrees));

    [TestCase(1.5, false)]
    [TestCase(1.6, true)]
    public void AnotherVersionOfARegressionIsComparedByTheToleranceOfTheGate(double value, bool disagrees) =>
        Assert.That(ShadowComparison.Disagree(One(1), One(value), Values, row: 0), Is.EqualTo(disagrees));

    [TestCase(0, false)]
    [TestCase(1, true)]
    public void OneRowOfABatchIsComparedWithAShareOfRows(int row, bool disagrees)
    {
        Assert.That(ShadowComparison.Disagree(new(2, 0, ["a", "a"], []), new(2, 0, ["a", "b"], []), Labels, row), Is.EqualTo(disagrees));
        Assert.That(ShadowComparison.Disagree(new(2, 2, [], [1, 1, 1, 1]), new(2, 2, [], [1, 1, 1, 9]), Values, row), Is.EqualTo(disagrees));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void AllRowsOfAnotherReleaseHaveToBeTheSame(int row) =>
        Assert.That(ShadowComparison.Disagree(new(2, 1, ["a", "a"], [1, 1]), new(2, 1, ["a", "b"], [1, 1]), predicted: null, row), Is.True);

    [Test]
    public void AnAnswerWithOtherRowsDisagrees() =>
        Assert.That(ShadowComparison.Disagree(One(1), new(2, 1, [], [1, 1]), predicted: null, row: 0), Is.True);

    [Test]
    public void AnswersWithoutLabelsSayNothingAboutLabels() =>
        Assert.That(ShadowComparison.Disagree(One(0.9), One(0.1), Labels, row: 0), Is.Null);

    private static PredictedRows One(double value, params string[] labels) => new(1, 1, labels, [value]);

    private static PredictedRows? Read(string body, string type) => PredictedRows.Read(Encoding.UTF8.GetBytes(body), type);
}
