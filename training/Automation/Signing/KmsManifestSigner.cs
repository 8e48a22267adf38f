using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Slipway.Automation.Aws;
using Slipway.Registry;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Signing;

/// <summary>Signs with a KMS key, which cannot be extracted.</summary>
public sealed class KmsManifestSigner(IAmazonKeyManagementService client, AwsSigning signing) : IManifestSigner
{
    public TrustedKey Key { get; } = TrustedKeys.Parse(signing.TrustedKeys, "the environment's description")[0];

    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        // a digest, because KMS accepts no message of more than 4096 bytes
        using var digest = new MemoryStream(SHA256.HashData(message.Span), writable: false);
        var answer = await AwsErrors.GuardAsync("kms:Sign", "sign the manifest", () => client.SignAsync(
            new() { KeyId = signing.Key, Message = digest, MessageType = MessageType.DIGEST, SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256 }, cancellation));
        var signature = answer.Signature.ToArray();
        // A signature that servers would reject is better rejected here, where somebody is waiting for it.
        return Key.Verifies(message.Span, signature)
            ? signature
            : throw new SlipwayException(
                $"KMS signed the manifest with {signing.Key}, whose public half is not {Key.ShortId}, the key that servers trust. Apply the environment's Terraform again.");
    }
}
