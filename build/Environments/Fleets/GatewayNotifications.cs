namespace Slipway.Build.Environments.Fleets;

/// <summary>How a gateway on this machine gets its targets of notifications. Secrets come from the environment of the command that starts it.</summary>
public static class GatewayNotifications
{
    private const string Targets = "SLIPWAY_Notifications";
    private const string Secret = "SLIPWAY_NotificationSecret";

    /// <summary>The variables of the gateway's process.</summary>
    /// <param name="targets">The setting; null for none.</param>
    /// <param name="variable">Returns the value of an environment variable.</param>
    public static Dictionary<string, string> Variables(string? targets, Func<string, string?> variable)
    {
        var variables = new Dictionary<string, string>();
        if (targets is null)
            return variables;
        variables[Targets] = targets;
        var named = targets.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Where(target => target.StartsWith('$')).Select(target => target[1..]);
        foreach (var name in named.Append(Secret))
        {
            if (variable(name) is { Length: > 0 } value)
                variables[name] = value;
        }
        return variables;
    }
}
