using System.Text;
using System.Text.Json;
using Slipway.Hosting.Telemetry.CloudWatch;

namespace Slipway.Hosting.Tests.Telemetry.CloudWatch;

/// <summary>The rules of CloudWatch's embedded metric format, as its specification states them.</summary>
public static class EmfRules
{
    private const int MaxEventBytes = 256 * 1024;

    private static readonly string[] Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count",
        "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second",
        "Count/Second", "None",
    ];

    public static void Check(string line)
    {
        Assert.That(line, Does.Not.Contain('\n'), "a log driver ends an event at each line");
        Assert.That(Encoding.UTF8.GetByteCount(line), Is.LessThanOrEqualTo(MaxEventBytes));
        using var document = JsonDocument.Parse(line, new() { AllowDuplicateProperties = false });
        var root = document.RootElement;
        var metadata = root.GetProperty("_aws");
        Assert.That(metadata.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[] { "Timestamp", "CloudWatchMetrics" }));
        Assert.That(metadata.GetProperty("Timestamp").GetInt64(), Is.GreaterThan(1_000_000_000_000), "milliseconds");
        var directives = metadata.GetProperty("CloudWatchMetrics");
        Assert.That(directives.GetArrayLength(), Is.GreaterThan(0));
        foreach (var directive in directives.EnumerateArray())
            CheckDirective(root, directive);
    }

    /// <summary>The metrics of a line, each with the names of its dimensions in order: <c>name(dimension,dimension)</c>.</summary>
    public static IEnumerable<string> MetricsOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        return
        [
            .. from directive in document.RootElement.GetProperty("_aws").GetProperty("CloudWatchMetrics").EnumerateArray()
               from dimensions in directive.GetProperty("Dimensions").EnumerateArray()
               from metric in directive.GetProperty("Metrics").EnumerateArray()
               select Name(metric.GetProperty("Name").GetString()!, dimensions.EnumerateArray().Select(dimension => dimension.GetString()!)),
        ];
    }

    /// <summary>The same of what a service is said to send.</summary>
    public static IEnumerable<string> MetricsOf(IEnumerable<CloudWatchFigure> figures) =>
        from figure in figures from dimensions in figure.DimensionSets from metric in figure.Metrics select Name(metric, dimensions);

    private static string Name(string metric, IEnumerable<string> dimensions) => $"{metric}({string.Join(',', dimensions.Order(StringComparer.Ordinal))})";

    private static void CheckDirective(JsonElement root, JsonElement directive)
    {
        Assert.That(directive.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[] { "Namespace", "Dimensions", "Metrics" }));
        Assert.That(directive.GetProperty("Namespace").GetString(), Has.Length.InRange(1, 1024).And.Matches("^[A-Za-z0-9._/#:-]+$"));
        Assert.That(directive.GetProperty("Dimensions").GetArrayLength(), Is.GreaterThan(0));
        foreach (var dimensions in directive.GetProperty("Dimensions").EnumerateArray())
        {
            Assert.That(dimensions.GetArrayLength(), Is.InRange(1, 30));
            foreach (var dimension in dimensions.EnumerateArray())
            {
                Assert.That(dimension.GetString(), Has.Length.InRange(1, 250).And.Not.StartsWith(":"));
                Assert.That(root.GetProperty(dimension.GetString()!).GetString(), Has.Length.InRange(1, 1024).And.Not.Empty);
            }
        }

        var metrics = directive.GetProperty("Metrics");
        Assert.That(metrics.GetArrayLength(), Is.InRange(1, 100));
        foreach (var metric in metrics.EnumerateArray())
        {
            Assert.That(metric.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(new[] { "Name", "Unit" }));
            Assert.That(metric.GetProperty("Name").GetString(), Has.Length.InRange(1, 1024));
            Assert.That(Units, Has.Member(metric.GetProperty("Unit").GetString()));
            Assert.That(double.IsFinite(root.GetProperty(metric.GetProperty("Name").GetString()!).GetDouble()), "a number at the root");
        }
    }
}
