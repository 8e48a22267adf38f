using System.Text.Json.Serialization;
using Slipway.Automation.SageMaker;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>Why an event could not be handled, in the words that Lambda shows.</summary>
internal sealed record RuntimeError(string ErrorType, string ErrorMessage)
{
    public static RuntimeError Of(Exception e) => new($"Slipway.{e.GetType().Name}", e.Message);
}

/// <summary>A line of the log. The names of the first two are those that Lambda's own JSON log format has.</summary>
/// <param name="Defect">Stack trace of an error that nobody foresaw.</param>
internal sealed record FunctionLogLine(string Timestamp, string Level, string Message, string? RequestId, string? ErrorType, string? Defect);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(RuntimeError))]
[JsonSerializable(typeof(FunctionLogLine))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
