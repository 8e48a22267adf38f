using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>A dataset was written to between the look at it and the copy of it: it has not arrived after all.</summary>
public sealed class DatasetChangedException(string message) : SlipwayException(message);
