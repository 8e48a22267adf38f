namespace Slipway.Registry.Signing;

/// <summary>The signature of a manifest does not vouch for it; the message says why and what to do. Other versions are not affected.</summary>
public sealed class SignatureException : SlipwayException
{
    public SignatureException(SignatureProblem problem, string message) : base(message) => Problem = problem;

    public SignatureProblem Problem { get; }
}

public enum SignatureProblem
{
    /// <summary>There is no signature for these bytes: they were written without one, or modified afterwards.</summary>
    NotSigned,

    /// <summary>It is signed, but by none of the trusted keys.</summary>
    UnknownKey,

    /// <summary>The signature covers other bytes.</summary>
    Mismatch,

    /// <summary>The signature object is malformed.</summary>
    Unreadable,
}
