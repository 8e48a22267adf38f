using Slipway.Registry;

namespace Slipway.Build.Cli;

/// <summary>
/// A gate or a rollout failed: everything worked, and the result is negative. The process exits with
/// <see cref="ExitCodes.Refused"/>, so that a workflow can distinguish it from an error.
/// </summary>
public class RefusedException : SlipwayException
{
    public RefusedException(string message) : base(message) { }

    public RefusedException(string message, Exception inner) : base(message, inner) { }
}
