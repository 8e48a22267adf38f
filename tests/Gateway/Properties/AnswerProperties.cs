using System.Text;
using CsCheck;
using Slipway.Gateway.Shadows;
using Slipway.Tests.Properties;

namespace Slipway.Gateway.Tests.Properties;

/// <summary>The answers of servers under shadow, which may be of any release.</summary>
public sealed class AnswerProperties
{
    private static readonly byte[][] Json =
    [
        """{"model_name":"m","outputs":[{"name":"probability","datatype":"FP32","shape":[2,1],"data":[0.5,0.25]},{"name":"label","datatype":"BYTES","shape":[2,1],"data":["no","yes"]}]}"""u8.ToArray(),
        """{"model":"m","version":1,"predictions":[{"probabilities":{"a":0.5,"b":0.5},"label":"a"},{"probabilities":{"a":1,"b":0},"label":"b"}]}"""u8.ToArray(),
    ];

    private static readonly byte[][] Csv = ["probability,label\n0.5,no\n0.25,yes\n"u8.ToArray(), "0.5\n1e-3\n"u8.ToArray()];

    private static readonly Gen<(byte[] Body, string? Type)> Answers = Gen.OneOf(
        Gen.Select(EditedJson.Of(Json), Gen.OneOf("application/json", "application/json; charset=utf-8", "text/csv", null, "")), Gen.Select(Edited.Of(Csv), Gen.OneOf<string?>("text/csv", " TEXT/CSV;x")));

    [Test]
    public void AreComparedOrNot() =>
        Property.Holds(Gen.Select(Answers, Answers), 2000, one =>
        {
            var (stable, candidate) = (PredictedRows.Read(one.Item1.Body, one.Item1.Type), PredictedRows.Read(one.Item2.Body, one.Item2.Type));
            if (stable is null)
                return;
            Assert.That((stable.Rows, stable.Values.Count % stable.Rows, stable.Labels.Count == 0 || stable.Labels.Count == stable.Rows), Is.EqualTo((Math.Max(1, stable.Rows), 0, true)));
            if (candidate is not null)
                Assert.That(ShadowComparison.Disagree(stable, candidate, null, row: 0), Is.Not.Null);
            if (stable.Values.All(double.IsFinite))
                Assert.That(ShadowComparison.Disagree(stable, stable, null, row: 0), Is.False, "an answer agrees with itself");
        }, one => $"{one.Item1.Type} {Edited.Show(one.Item1.Body)} | {one.Item2.Type} {Edited.Show(one.Item2.Body)}");

    [Test]
    public void MeanTheSameHoweverTheyAreWritten() =>
        Property.Holds(RewrittenJson.Of(Json), 200, json =>
        {
            var rows = PredictedRows.Read(json, "application/json");
            Assert.That(rows?.Rows, Is.EqualTo(2), Encoding.UTF8.GetString(json));
            Assert.That(rows!.Labels, Has.Count.EqualTo(2));
        }, Edited.Show);
}
