using System.Text;
using Amazon.ECR;
using Slipway.Automation.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>Amazon's registries use a token that is valid for twelve hours; credentials for all other registries come from elsewhere.</summary>
public sealed class EcrCredentials(IAmazonECR ecr, IRegistryCredentialSource others) : IRegistryCredentialSource
{
    public async Task<RegistryCredentials?> FindAsync(RegistryHost host, CancellationToken cancellation)
    {
        if (!host.IsEcr)
            return await others.FindAsync(host, cancellation);

        var answer = await AwsErrors.GuardAsync("ecr:GetAuthorizationToken", $"log in to {host}", () => ecr.GetAuthorizationTokenAsync(new(), cancellation));
        if (answer.AuthorizationData is not [{ AuthorizationToken: { } token } data, ..])
            throw new SlipwayException($"Could not log in to {host}: AWS returned no token.");
        if (data.ProxyEndpoint is { } place && new Uri(place).Authority is var authority && authority != host.Name)
            throw new SlipwayException($"AWS returned a token for {authority}, not for {host}: the credentials belong to another account or region than the environment. Check them with aws sts get-caller-identity.");
        return Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split(':', 2) is [var user, var password]
            ? new(user, password, "ecr:GetAuthorizationToken", data.ExpiresAt is { } end ? new DateTimeOffset(end.ToUniversalTime()) : null)
            : throw new SlipwayException($"Could not log in to {host}: AWS returned an invalid token.");
    }
}
