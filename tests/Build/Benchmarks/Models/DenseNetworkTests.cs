using System.Text.Json;
using Slipway.Benchmarks.Models;
using Slipway.Registry.Models;

namespace Slipway.Build.Tests.Benchmarks.Models;

public sealed class DenseNetworkTests
{
    [Test]
    public void IsAboutAMegabyteAndPredictsEachRowDifferently()
    {
        var golden = new GoldenSet(
            [new Dictionary<string, string?> { ["a"] = "1" }, new Dictionary<string, string?> { ["a"] = "300" }], [[1, 0, 2, 0, 1, 0, 1, 40], [300, 0, 1, 1500, 1, 0, 0, 12]], [[0], [0]], 1e-5);

        var network = DenseNetwork.For(golden);

        using var json = JsonDocument.Parse(network.Golden);
        var outputs = json.RootElement.GetProperty("outputs").EnumerateArray().Select(row => row[0].GetSingle()).ToList();
        Assert.That(network.Onnx.Length, Is.InRange(900_000, 1_300_000));
        Assert.That(outputs, Is.Unique.And.All.InRange(0.01f, 0.99f));
        Assert.That(json.RootElement.GetProperty("records")[1].GetProperty("a").GetString(), Is.EqualTo("300"));
    }
}
