namespace Slipway.Registry;

/// <summary>
/// A failure with a message for people: what happened, where, and what to do next.
/// Hosts print only the message; any other exception is a bug and keeps its stack trace.
/// </summary>
public class SlipwayException : Exception
{
    public SlipwayException(string message) : base(message) { }
    public SlipwayException(string message, Exception inner) : base(message, inner) { }
}
