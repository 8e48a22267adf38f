using Slipway.Hosting.Telemetry.CloudWatch;

namespace Slipway.Infra.Tests;

/// <summary>What services send to CloudWatch, for the tests of the module that makes alarms and graphs of it.</summary>
public sealed class FigureTests
{
    private static readonly string FilePath = Path.Combine(Repository.Infra, "modules", "environment", "tests", "figures.txt");

    [Test]
    public async Task AreThoseThatTheServicesSend()
    {
        var sent = CloudWatchFigures.Server.Concat(CloudWatchFigures.Gateway).SelectMany(Names).Order(StringComparer.Ordinal).ToList();
        if (ModuleTests.Writes)
            await File.WriteAllLinesAsync(FilePath, sent);

        Assert.That(
            await File.ReadAllLinesAsync(FilePath), Is.EqualTo(sent), $"To write the file again: {ModuleTests.WriteVariable}=true dotnet test tests/Infra. Then terraform test says which alarm or graph has lost its metric.");
    }

    private static IEnumerable<string> Names(CloudWatchFigure figure) =>
        from dimensions in figure.DimensionSets from metric in figure.Metrics select $"{metric}({string.Join(',', dimensions.Order(StringComparer.Ordinal))})";
}
