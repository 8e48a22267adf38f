using System.Text.Json.Serialization;
using Slipway.Automation.SageMaker;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>Why an event could not be processed, in the format that Lambda shows.</summary>
internal sealed record RuntimeError(string ErrorType, string ErrorMessage)
{
    public static RuntimeError Of(Exception e) => new($"Slipway.{e.GetType().Name}", e.Message);
}

/// <summary>A line of the log. The first two names are those of Lambda's own JSON log format.</summary>
/// <param name="Defect">Stack trace of an unexpected error.</param>
internal sealed record FunctionLogLine(string Timestamp, string Level, string Message, string? RequestId, string? ErrorType, string? Defect);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventResponse))]
[JsonSerializable(typeof(RuntimeError))]
[JsonSerializable(typeof(FunctionLogLine))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
