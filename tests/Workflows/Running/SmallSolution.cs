namespace Slipway.Workflows.Tests.Running;

/// <summary>Makes a checkout so small that its targets run in seconds.</summary>
internal static class SmallSolution
{
    private const string Tests = "tests/Small/Small.Tests.csproj";

    public static void Make(string root)
    {
        Write(root, "Slipway.slnx", $"<Solution>\n  <Project Path=\"{Tests}\" />\n</Solution>\n");
        Write(root, "Slipway.Release.slnf", $"{{ \"solution\": {{ \"path\": \"Slipway.slnx\", \"projects\": [ \"{Tests}\" ] }} }}\n");
        Write(root, Tests, """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <AssemblyName>Slipway.Small.Tests</AssemblyName>
                <RootNamespace>Slipway.Small.Tests</RootNamespace>
              </PropertyGroup>
            </Project>

            """);
        Write(root, "tests/Small/SmallTests.cs", """
            namespace Slipway.Small.Tests;

            public sealed class SmallTests
            {
                [Test]
                public void ThereIsAProcessor() => Assert.That(Environment.ProcessorCount, Is.Positive);
            }

            """);
        foreach (var program in new[] { "Analysis", "Benchmarks", "Soak" })
            TestFolder.Remove(Path.Combine(root, "build", program));
        foreach (var model in Directory.GetDirectories(Path.Combine(root, "training", "models")).Where(folder => Path.GetFileName(folder) != PreparedRepository.Model))
            TestFolder.Remove(model);
        Change(root, "cake.config", ("Model=predictive-maintenance", $"Model={PreparedRepository.Model}"), ("PublicPort=8080", "PublicPort=0"), ("PrivatePort=8081", "PrivatePort=0"),
            // nothing listens there
            ("[staging]\n", "[staging]\nEndpoint=http://127.0.0.1:9\n"), ("[production]\n", "[production]\nEndpoint=http://127.0.0.1:9\n"),
            // not every feed has vulnerability data
            ("[Scan]\n", "[Scan]\nPolicy=scan-policy.json\n"));
        Write(root, "scan-policy.json", File.ReadAllText(Path.Combine(root, "build", "scan-policy.json")).Replace("\"noData\": \"fail\"", "\"noData\": \"warn\"", StringComparison.Ordinal));
    }

    public static void ChangeModel(string root, string model)
    {
        var dataset = Directory.GetFiles(Path.Combine(root, "training", "models", model), "*.csv").Single();
        File.WriteAllLines(dataset, File.ReadAllLines(dataset).SkipLast(1));
    }

    private static void Write(string root, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
        File.WriteAllText(Path.Combine(root, path), text);
    }

    private static void Change(string root, string path, params (string From, string To)[] changes)
    {
        var text = File.ReadAllText(Path.Combine(root, path));
        foreach (var (from, to) in changes)
        {
            Assert.That(text, Does.Contain(from), path);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        Write(root, path, text);
    }
}
