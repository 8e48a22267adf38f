using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Cli.Benchmarks;
using Slipway.Reporting.Markdown;

namespace Slipway.Benchmarks.Reports;

/// <summary>The output of a benchmark: Markdown and a picture for people, and JSON for programs.</summary>
public static class BenchmarkFiles
{
    public static void Write(BenchmarkResults results, BenchmarkFindings findings)
    {
        Directory.CreateDirectory(results.Folder);
        File.WriteAllText(results.Markdown, MarkdownRenderer.Text(BenchmarkSummary.Of(findings), level: 1));
        File.WriteAllBytes(results.Json, Serialize(findings));
        File.WriteAllBytes(results.Picture, BenchmarkPicture.Draw(findings));
    }

    public static byte[] Serialize(BenchmarkFindings findings) => JsonSerializer.SerializeToUtf8Bytes(findings, BenchmarkJson.Default.BenchmarkFindings);
}

// a ratio to zero is infinite: a short window can be shorter than one tick of CPU time
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BenchmarkFindings))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
