using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Build.Images.Scanning.Reports;

/// <summary>Reads a report, and rejects everything else.</summary>
public static class TrivyReportReader
{
    /// <summary>Reports on images with all packages have a few MiB.</summary>
    public const long SizeLimit = 256L << 20;

    /// <exception cref="SlipwayException">It is missing, empty, damaged, too large, or has another schema.</exception>
    public static TrivyReport Read(string file)
    {
        var length = File.Exists(file) ? new FileInfo(file).Length : throw Wrong(file, "does not exist");
        if (length == 0)
            throw Wrong(file, "is empty");
        if (length > SizeLimit)
            throw Wrong(file, $"has {length} bytes, more than the limit of {SizeLimit}");

        using var stream = File.OpenRead(file);
        return Read(stream, file);
    }

    private static TrivyReport Read(Stream stream, string file)
    {
        try
        {
            var report = CompleteJson.Deserialize(stream, TrivyJson.Default.TrivyReport) ?? throw Wrong(file, "is null");
            if (report.SchemaVersion != TrivyReport.Schema)
                throw Wrong(file, report.SchemaVersion is { } other ? $"has schema {other}, but only {TrivyReport.Schema} is supported" : "has no schema version, so it is not a Trivy report");
            return report;
        }
        catch (JsonException e)
        {
            throw Wrong(file, $"is damaged: {e.Message}", e);
        }
    }

    private static SlipwayException Wrong(string file, string what, Exception? inner = null)
    {
        var message = $"The scan cannot be evaluated: its report '{file}' {what}. Scan again: ./build.sh --target=ScanImages";
        return inner is null ? new(message) : new(message, inner);
    }
}
