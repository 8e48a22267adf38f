using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>A dataset was written to after it was inspected and before it was copied: it has not arrived after all.</summary>
public sealed class DatasetChangedException(string message) : SlipwayException(message);
