using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>A job has finished, but the automation did not record an outcome in time. It would not record one for another job either.</summary>
public sealed class VerdictTimeoutException(string message) : SlipwayException(message);
