using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>A claimed job lacks what it takes to start it.</summary>
public sealed class UnstartableJobException(string message) : SlipwayException(message);
