using System.Text.Json;
using Slipway.Registry.Models;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

public sealed class GoldenSetProperties
{
    private static readonly byte[] Valid = """
        {"records":[{"type":"H","torque":null},{"type":"L","torque":"3"}],"inputs":[[1,0,40],[0,1,3]],"outputs":[[0.25],[0.5]],"tolerance":0.00001}
        """u8.ToArray();

    [Test]
    public void IsUsableReportedOrNotRead() =>
        Property.Holds(EditedJson.Of(Valid), 500, json =>
        {
            if (TryRead(json) is { Flaw: null } golden)
                Assert.That(GoldenPredictions.Problem(golden, [.. golden.Outputs.SelectMany(row => row)]), Is.Null.Or.Contains("golden value"));
        }, Edited.Show);

    [TestCase("inputs")]
    [TestCase("outputs")]
    [TestCase("records")]
    public void HasAFlawIfARowIsNull(string list)
    {
        var golden = System.Text.Json.Nodes.JsonNode.Parse(Valid)!;
        golden[list]![0] = null;

        Assert.That(TryRead(JsonSerializer.SerializeToUtf8Bytes(golden))!.Flaw, Does.Contain("null instead of a row"));
    }

    private static GoldenSet? TryRead(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RegistryJson.Default.GoldenSet);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
