namespace Slipway.Registry.Storage;

/// <summary>An object of the store is not the record that belongs there: somebody damaged it. A store that does not answer is another matter.</summary>
public sealed class UnreadableObjectException : SlipwayException
{
    public UnreadableObjectException(string message) : base(message) { }
    public UnreadableObjectException(string message, Exception inner) : base(message, inner) { }
}
