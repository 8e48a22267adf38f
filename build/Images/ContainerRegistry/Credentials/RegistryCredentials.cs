namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>Who the build is to a registry.</summary>
/// <param name="Source">Where they are from, as the end of a sentence: never the credentials themselves.</param>
/// <param name="ExpireAt">Null where nobody says.</param>
public sealed record RegistryCredentials(string User, string Password, string Source, DateTimeOffset? ExpireAt = null)
{
    /// <summary>As HTTP's Basic scheme and docker's configuration have them.</summary>
    public string Basic => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{Password}"));

    // a record would print its password
    public override string ToString() => $"{User}, from {Source}";
}
