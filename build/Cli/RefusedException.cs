using Slipway.Registry;

namespace Slipway.Build.Cli;

/// <summary>
/// A gate or a rollout said no: everything worked, and the answer is no. The process ends with
/// <see cref="ExitCodes.Refused"/>, so that a workflow can tell it from a failure.
/// </summary>
public sealed class RefusedException : SlipwayException
{
    public RefusedException(string message) : base(message) { }

    public RefusedException(string message, Exception inner) : base(message, inner) { }
}
