using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Benchmarks.Reports;

/// <summary>The output of a benchmark: Markdown for people, and JSON for programs.</summary>
public static class BenchmarkFiles
{
    public const string Markdown = "benchmark.md";
    public const string Json = "benchmark.json";

    public static void Write(string folder, BenchmarkFindings findings, Section report)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Markdown), MarkdownRenderer.Text(report, level: 1));
        File.WriteAllBytes(Path.Combine(folder, Json), Serialize(findings));
    }

    public static byte[] Serialize(BenchmarkFindings findings) => JsonSerializer.SerializeToUtf8Bytes(findings, BenchmarkJson.Default.BenchmarkFindings);
}

// a ratio to zero is infinite: a short window can be shorter than one tick of CPU time
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BenchmarkFindings))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
