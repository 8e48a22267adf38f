namespace Slipway.Build;

/// <summary>A key of cake.config; <c>Section_Key</c> is its name as an argument.</summary>
public sealed record SettingKey(string Section, string Key, ValueRule Rule)
{
    public string Name => $"{Section}_{Key}";
}

/// <summary>Every key of cake.config, once.</summary>
public static class SettingKeys
{
    public static SettingKey Environment { get; } = new("Slipway", "Environment", ValueRule.Environment);

    // a name only: the target that works on it says whether its folder is there
    public static SettingKey Model { get; } = new("Slipway", "Model", ValueRule.ModelName);

    public static SettingKey PublicPort { get; } = new("Local", "PublicPort", ValueRule.WholeNumber(0, 65535));

    public static SettingKey PrivatePort { get; } = new("Local", "PrivatePort", ValueRule.WholeNumber(0, 65535));

    public static SettingKey ReadyTimeout { get; } = new("Local", "ReadyTimeout", ValueRule.Duration);

    public static SettingKey HangTimeout { get; } = new("Test", "HangTimeout", ValueRule.Duration);

    public static IReadOnlyList<SettingKey> All { get; } =
        [Environment, Model, PublicPort, PrivatePort, ReadyTimeout, HangTimeout];

    public static SettingKey? Named(string name) =>
        All.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
