namespace Slipway.Automation.Lambda;

/// <summary>One event that Lambda hands over.</summary>
/// <param name="RequestId">Names the invocation to Lambda and in every log line.</param>
/// <param name="Deadline">When Lambda ends the process if there is no answer.</param>
/// <param name="Trace">For X-Ray; null where the function is not traced.</param>
internal sealed record FunctionInvocation(string RequestId, DateTimeOffset Deadline, string? Trace, byte[] Payload);
