using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>The function's log: one JSON object a line on standard output, where Lambda takes it to CloudWatch Logs.</summary>
internal sealed class FunctionLog(TextWriter output, TimeProvider time)
{
    // A quote or an umlaut in a sentence stays readable; the lines are for log viewers, never part of a page.
    private static readonly RuntimeJson Readable = new(new(RuntimeJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The event that is being handled.</summary>
    public string? RequestId { get; set; }

    public void Say(string message) => Write("INFO", message);

    public void Warn(string message) => Write("WARN", message);

    /// <summary>What a person is to read has no stack trace; anything else is a defect and keeps it.</summary>
    public void Fail(Exception e) => Write("ERROR", e.Message, e.GetType().Name, e is SlipwayException ? null : e.ToString());

    private void Write(string level, string message, string? errorType = null, string? defect = null)
    {
        var line = new FunctionLogLine(
            time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), level, message, RequestId, errorType, defect);
        output.WriteLine(JsonSerializer.Serialize(line, Readable.FunctionLogLine));
        output.Flush();
    }
}
