using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Settings whose properties are the switches of a docker command.</summary>
public abstract class AutoToolSettings : ToolSettings
{
    /// <summary>The names of the properties whose values must not be logged.</summary>
#pragma warning disable CA1051, CA1707 // the official one is a field too
    public readonly HashSet<string> SecretProperties;
#pragma warning restore CA1051, CA1707

    protected AutoToolSettings() => SecretProperties = [.. CollectSecretProperties() ?? []];

    protected virtual string[]? CollectSecretProperties() => null;
}
