namespace Slipway.Automation.Lambda.Runtime;

/// <summary>One event from Lambda.</summary>
/// <param name="RequestId">Identifies the invocation to Lambda and in every log line.</param>
/// <param name="Deadline">When Lambda kills the process if there is no response.</param>
/// <param name="Trace">For X-Ray; null if the function is not traced.</param>
internal sealed record FunctionInvocation(string RequestId, DateTimeOffset Deadline, string? Trace, byte[] Payload);
