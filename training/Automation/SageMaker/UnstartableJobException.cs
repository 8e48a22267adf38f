using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>A claimed job lacks something that is required to start it.</summary>
public sealed class UnstartableJobException(string message) : SlipwayException(message);
