namespace Slipway.Registry;

/// <summary>
/// A failure whose message is meant for a person: what happened, where, and what to do next.
/// Hosts print the message alone; anything else is a defect and keeps its stack trace.
/// </summary>
public class SlipwayException : Exception
{
    public SlipwayException(string message) : base(message) { }
    public SlipwayException(string message, Exception inner) : base(message, inner) { }
}
