using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Reporting;
using Slipway.Reporting.Markdown;

namespace Slipway.Build.Benchmarks.Reports;

/// <summary>What a benchmark leaves: a page for people, and all figures for programs.</summary>
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

// a ratio to nothing is infinite: short windows end within one tick of the clock of processor times
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BenchmarkFindings))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
