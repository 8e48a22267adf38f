using System.Text;
using System.Text.Json;
using Slipway.Registry.Predictions;

namespace Slipway.Registry.Tests;

public sealed class CompleteJsonTests
{
    private const string Heartbeat = """
        {"replica":"blue-1","color":"blue","address":"http://a","release":"r","beat":1,"ready":true,"draining":false,"startedAt":"2026-11-01T10:00:00+00:00",
         "models":[{"model":"m","version":1,"onnxSha256":null,"wanted":1,"state":"serving","postponed":null,"quarantined":[]}]}
        """;

    [Test]
    public void ReadsWhatIsComplete() => Assert.That(CompleteJson.Deserialize(Heartbeat, RegistryJson.Default.ReplicaHeartbeat)!.Models[0].Model, Is.EqualTo("m"));

    [TestCase("\"models\":[", "\"models\":[null,", "$.models[0] is null.")]
    [TestCase("\"quarantined\":[]", "\"quarantined\":[null]", "$.models[0].quarantined[0] is null.")]
    public void SaysWhichItemIsNull(string good, string bad, string problem) =>
        Assert.That(() => CompleteJson.Deserialize(Heartbeat.Replace(good, bad, StringComparison.Ordinal), RegistryJson.Default.ReplicaHeartbeat), Throws.TypeOf<JsonException>().With.Message.EqualTo(problem));

    [Test]
    public void SaysWhichMemberOfAMapIsNull() =>
        Assert.That(() => CompleteJson.Deserialize("""{"models":{"pumps":null}}"""u8, RegistryJson.Default.ChannelCatalog), Throws.TypeOf<JsonException>().With.Message.EqualTo("$.models.pumps is null."));

    [TestCase("\"mean\":1e400", "$.columns[0].mean is too large for a number.")]
    [TestCase("\"mean\":1,\"edges\":[1,1e40]", "$.columns[0].edges[1] is too large for a number.")]
    public void SaysWhichNumberIsTooLarge(string members, string problem)
    {
        var edges = members.Contains("edges", StringComparison.Ordinal) ? "" : "\"edges\":null,";
        var json = $$"""{"rows":1,"columns":[{"name":"a","kind":"numeric",{{edges}}"counts":[1],"missing":0,"standardDeviation":null,{{members}}}]}""";

        Assert.That(() => CompleteJson.Deserialize(json, RegistryJson.Default.FeatureBaseline), Throws.TypeOf<JsonException>().With.Message.EqualTo(problem));
    }

    [Test]
    public async Task ReadsNumbersThatAreNotFiniteInALogOfPredictions()
    {
        using var line = new MemoryStream(Encoding.UTF8.GetBytes(
            """{"predictionId":"a","model":"m","version":1,"trainingJob":"t","replica":"r","color":"blue","at":"2026-11-01T10:00:00+00:00","inputs":[[1]],"outputs":[["NaN"]],"microseconds":1}"""));

        PredictionRecord? record = await CompleteJson.DeserializeAsync(line, RegistryJsonLines.Default.PredictionRecord, CancellationToken.None);

        Assert.That(record!.Outputs[0][0], Is.NaN);
    }
}
