using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>The function's log: one JSON object per line on standard output, which Lambda forwards to CloudWatch Logs.</summary>
internal sealed class FunctionLog(TextWriter output, TimeProvider time)
{
    // Quotes and umlauts stay readable; the lines are for log viewers, never part of a page.
    private static readonly RuntimeJson Readable = new(new(RuntimeJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The event that is being processed.</summary>
    public string? RequestId { get; set; }

    public void Info(string message) => Write("INFO", message);

    public void Warn(string message) => Write("WARN", message);

    /// <summary>A message for people has no stack trace; anything else is a bug and keeps it.</summary>
    public void Fail(Exception e) => Write("ERROR", e.Message, e.GetType().Name, e is SlipwayException ? null : e.ToString());

    private void Write(string level, string message, string? errorType = null, string? defect = null)
    {
        var line = new FunctionLogLine(
            time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), level, message, RequestId, errorType, defect);
        output.WriteLine(JsonSerializer.Serialize(line, Readable.FunctionLogLine));
        output.Flush();
    }
}
