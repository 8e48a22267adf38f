using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Cli.Soaking;
using Slipway.Reporting.Markdown;

namespace Slipway.Soak.Reports;

/// <summary>The output of a soak: Markdown for people, and JSON for programs.</summary>
public static class SoakFiles
{
    public static void Write(SoakResults results, SoakFindings findings)
    {
        Directory.CreateDirectory(results.Folder);
        File.WriteAllText(results.Markdown, MarkdownRenderer.Text(SoakTable.Of(findings), level: 1));
        File.WriteAllBytes(results.Json, Serialize(findings));
    }

    public static byte[] Serialize(SoakFindings findings) => JsonSerializer.SerializeToUtf8Bytes(findings, SoakJson.Default.SoakFindings);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SoakFindings))]
internal sealed partial class SoakJson : JsonSerializerContext;
