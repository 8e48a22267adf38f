namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>The build's credentials for a container registry.</summary>
/// <param name="Source">Where they come from, as the end of a sentence: never the credentials themselves.</param>
/// <param name="ExpireAt">Null if unknown.</param>
public sealed record RegistryCredentials(string User, string Password, string Source, DateTimeOffset? ExpireAt = null)
{
    /// <summary>As used by HTTP's Basic scheme and by Docker's configuration.</summary>
    public string Basic => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{Password}"));

    // a record would print its password
    public override string ToString() => $"{User}, from {Source}";
}
