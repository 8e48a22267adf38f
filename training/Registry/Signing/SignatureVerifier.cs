using System.Text.Json;

namespace Slipway.Registry.Signing;

/// <summary>Verifies that one of the trusted keys signed a manifest or a history entry. Needs no store, network or clock.</summary>
/// <param name="trusted">One or several: while a key is being replaced, the old one stays trusted in addition to the new one.</param>
public sealed class SignatureVerifier(IReadOnlyList<TrustedKey> trusted)
{
    // one for each key that was ever used, and a few to spare
    private const int MaxSignatures = 16;

    private const string Sign = "sign it with ./build.sh --target=Sign if the history vouches for it";

    public IReadOnlyList<TrustedKey> Trusted { get; } = trusted;

    /// <param name="what">The object, as part of a sentence.</param>
    /// <param name="key">Its key in the store: a signature vouches for bytes at their key, and not for the same bytes elsewhere.</param>
    /// <param name="sha256">Hash of its stored bytes.</param>
    /// <param name="envelope">The bytes of its envelope; null if there is none.</param>
    /// <returns>The key that signed it.</returns>
    /// <exception cref="SignatureException">None did.</exception>
    public TrustedKey Verify(string what, string key, string sha256, byte[]? envelope)
    {
        if (envelope is null)
            throw new SignatureException(SignatureProblem.NotSigned,
                $"{what} is not signed: there is no signature for its bytes (SHA-256 {sha256[..12]}...). It was written without one, or modified afterwards: " +
                $"check with ./build.sh --target=History --verify; or {Sign}.");

        var (read, payload) = Read(what, envelope);
        var signer = SignerOf(what, read, payload);
        // only what is signed is parsed
        var subjects = Subjects(what, payload);
        if (subjects.Any(subject => subject?.Name == key && subject.Digest?.GetValueOrDefault("sha256") == sha256))
            return signer;
        throw Mismatch(what, subjects.FirstOrDefault(subject => subject?.Digest?.GetValueOrDefault("sha256") == sha256) is { } other
            ? $"key {signer.ShortId} signed these bytes as '{other.Name}', not as '{key}'"
            : $"key {signer.ShortId} signed different bytes (these have SHA-256 {sha256[..12]}...)");
    }

    private TrustedKey SignerOf(string what, DsseEnvelope envelope, byte[] payload)
    {
        var message = DsseEnvelope.PreAuthenticationEncoding(envelope.PayloadType, payload);
        foreach (var signature in envelope.Signatures.Take(MaxSignatures))
        {
            if (!TryFromBase64(signature.Sig, out var bytes))
                continue; // another signature may match
            // the key id is a hint: if it is not one of ours, ours are tried all the same
            foreach (var key in Trusted.OrderByDescending(key => key.Id == signature.KeyId))
                if (key.Verifies(message, bytes))
                    return key;
        }

        if (envelope.Signatures.Any(signature => !TryFromBase64(signature.Sig, out _)))
            throw NoBase64(what);
        if (envelope.Signatures.FirstOrDefault(signature => Trusted.Any(key => key.Id == signature.KeyId)) is { } ours)
            throw Mismatch(what, $"key {TrustedKey.Shorten(ours.KeyId!)} signed something else");
        throw new SignatureException(SignatureProblem.UnknownKey,
            $"{what} is signed by an unknown key: {Words(envelope.Signatures.Select(signature => signature.KeyId is { Length: > 0 } id ? id : "a key without an id"))}. " +
            $"Trusted {(Trusted.Count == 1 ? "is" : "are")} {Words(Trusted.Select(key => key.Id))}. Add its public key to the trusted keys if it is yours; otherwise {Sign}.");
    }

    private static (DsseEnvelope Envelope, byte[] Payload) Read(string what, byte[] bytes)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize(bytes, SigningJson.Default.DsseEnvelope);
            if (envelope is null or { PayloadType: null } or { Payload: null } or { Signatures: null or [] } || envelope.Signatures.Any(signature => signature is null))
                throw Unreadable(what, "it has no payload, or no signature");
            if (envelope.PayloadType != DsseEnvelope.InToto)
                throw Unreadable(what, $"it contains '{envelope.PayloadType}' instead of '{DsseEnvelope.InToto}'");
            return TryFromBase64(envelope.Payload, out var payload) ? (envelope, payload) : throw NoBase64(what);
        }
        catch (JsonException e)
        {
            throw Unreadable(what, e.Message.TrimEnd('.'));
        }
    }

    private static IReadOnlyList<ResourceDescriptor> Subjects(string what, byte[] payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, SigningJson.Default.SignedSubjects) is { Type: InTotoStatement.StatementType, Subject: { } subjects }
                ? subjects
                : throw Unreadable(what, $"its content is not a {InTotoStatement.StatementType}");
        }
        catch (JsonException e)
        {
            throw Unreadable(what, e.Message.TrimEnd('.'));
        }
    }

    private static bool TryFromBase64(string? text, out byte[] bytes)
    {
        var decoded = new byte[((text?.Length ?? 0) * 3 / 4) + 3];
        var read = Convert.TryFromBase64String(text ?? "", decoded, out var length);
        bytes = decoded[..length];
        return read;
    }

    private static SignatureException NoBase64(string what) => Unreadable(what, "part of it is not valid base64");

    private static SignatureException Mismatch(string what, string why) => new(SignatureProblem.Mismatch,
        $"The signature of {what} does not match: {why}. One of the two was modified after signing; restore both from a backup; or {Sign}.");

    private static SignatureException Unreadable(string what, string why) => new(SignatureProblem.Unreadable,
        $"The signature of {what} cannot be read: {why}. Restore it from a backup; or {Sign}.");

    private static string Words(IEnumerable<string> ids) => string.Join(", ", ids.DefaultIfEmpty("none"));
}
