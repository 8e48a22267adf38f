using System.Text;
using Slipway.Build.Environments.Gates;

namespace Slipway.Build.Tests.Environments.Gates;

public sealed class GateLineTests
{
    private const string Spec =
        """
        {
          "task": "binary", // "gates" in a comment does not count
          "features": { "recall": "numeric" },
          "slices": ["Type"],
          "gates": {
            "metrics": {
              "auc": { "atLeast": 0.8 },
              "recall": { "atLeast": 0.6 },
            },
            "champion": { "auc": { "lossAtMost": 0.04 } },
            "slices": {
              "metrics": {
                "auc": { "atLeast": 0.7 }
              }
            },
            "data": {
              "rowsAtLeast": 5000,
              "labelRate": { "atLeast": 0.01 }
            },
            "onnxBytesAtMost": 5000000
          }
        }
        """;

    [TestCase("metric auc", 7)]
    [TestCase("metric recall", 8)]
    [TestCase("champion auc", 10)]
    [TestCase("slice Type=a b auc", 13)]
    [TestCase("data rows", 17)]
    [TestCase("data labelRate", 18)]
    [TestCase("size", 20)]
    [TestCase("schema columns", 3)]
    [TestCase("metric f1", 6, Description = "the gate itself is not there")]
    [TestCase("data missing", 16)]
    [TestCase("latency", 5)]
    [TestCase("schema output", 5)]
    public void GateIsFoundWhereItIsWritten(string rule, int line) => Assert.That(GateLine.Of(Encoding.UTF8.GetBytes(Spec), rule), Is.EqualTo(line));

    [TestCase("{ \"task\": \"binary\" }")]
    [TestCase("not JSON")]
    [TestCase("{ \"\\udc00\": 1, \"gates\": { \"metrics\": { \"auc\": {} } } }", Description = "a name that is not valid text")]
    [TestCase("")]
    public void FileWithoutGatesHasNoLine(string spec) => Assert.That(GateLine.Of(Encoding.UTF8.GetBytes(spec), "metric auc"), Is.Null);
}
