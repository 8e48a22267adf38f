using Slipway.Registry;

namespace Slipway.Automation.Rollouts;

/// <summary>A version cannot be rolled out now, but may be later: nothing was registered or requested.</summary>
public class RolloutPostponedException(string message) : SlipwayException(message);
