using System.Collections;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.Build.Environments.Fleets;

/// <summary>What a gateway on this machine was started with, apart from its release and its ports: a hash, because secrets are among it.</summary>
public static partial class GatewaySettings
{
    /// <param name="own">The variables that Deploy sets.</param>
    /// <param name="inherited">The environment of the command, which processes inherit; empty for containers, which do not.</param>
    public static string HashOf(IReadOnlyDictionary<string, string> own, IDictionary inherited)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in inherited)
            if (variable is { Key: string name, Value: string value } && Option.IsMatch(name))
                all[name] = value;
        foreach (var (name, value) in own)
            all[name] = value;
        // pairs, so that no two sets of settings have the same text
        var text = JsonSerializer.Serialize(all.Select(variable => new[] { variable.Key, variable.Value }));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    // options of services, and none of the variables of the targets themselves
    [GeneratedRegex("^SLIPWAY_(?!Registry)[A-Z][a-z]")]
    private static partial Regex Option { get; }
}
