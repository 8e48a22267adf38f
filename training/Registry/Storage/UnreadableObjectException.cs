namespace Slipway.Registry.Storage;

/// <summary>An object in the store is not the expected record: somebody damaged it. A store that does not respond is a different failure.</summary>
public sealed class UnreadableObjectException : SlipwayException
{
    public UnreadableObjectException(string message) : base(message) { }
    public UnreadableObjectException(string message, Exception inner) : base(message, inner) { }
}
