namespace Slipway.Registry.Signing;

/// <summary>The signature of a manifest does not prove it; the message says why and what to do. Another version is not concerned.</summary>
public sealed class SignatureException : SlipwayException
{
    public SignatureException(SignatureProblem problem, string message) : base(message) => Problem = problem;

    public SignatureProblem Problem { get; }
}

public enum SignatureProblem
{
    /// <summary>There is no signature for these bytes: it was written without one, or changed afterwards.</summary>
    NotSigned,

    /// <summary>It is signed, and by none of the trusted keys.</summary>
    UnknownKey,

    /// <summary>The signature is of other bytes.</summary>
    DoesNotFit,

    /// <summary>What lies where the signature belongs is none.</summary>
    Unreadable,
}
