namespace Slipway.Build.Images.Scanning.Trivy;

/// <summary>Which Trivy may judge our images.</summary>
internal static class TrivyRelease
{
    // tried against its source at this release
    private const string Known = "0.74.0";

    // CVE-2026-33634 (GHSA-69fq-xp46-6x23): published by somebody who had taken the project's credentials; they steal those of whoever runs them
    private static readonly HashSet<string> Malicious = new(["0.69.4", "0.69.5", "0.69.6"], StringComparer.Ordinal);

    public static string HowToInstall { get; } =
        $"Install a release that you have checked, such as {Known}: the archive for this machine and " +
        $"trivy_{Known}_checksums.txt from https://github.com/aquasecurity/trivy/releases/tag/v{Known}, then sha256sum --check --ignore-missing, then the program " +
        "'trivy' onto the PATH; or the package of the same version from Trivy's own Debian or RPM repository. Not by a tag that can move: in March 2026 such tags led to a thief.";

    /// <summary>
    /// Settings that decide what is found and what is left out are made here; a person's variable must not change a verdict unseen. Those about
    /// where things come from (database, cache, server, proxies) stay as they are.
    /// </summary>
    public static IDictionary<string, string?> Variables { get; } = new Dictionary<string, string?>(
        new[]
        {
            "CONFIG", "SEVERITY", "IGNORE_UNFIXED", "IGNORE_STATUS", "IGNOREFILE", "IGNORE_POLICY", "VEX", "SKIP_FILES", "SKIP_DIRS", "PKG_TYPES", "VULN_TYPE",
            "PKG_RELATIONSHIPS", "SCANNERS", "SECRET_CONFIG", "FORMAT", "OUTPUT", "INPUT", "TEMPLATE", "EXIT_CODE", "EXIT_ON_EOL", "REPORT", "COMPLIANCE", "DISTRO",
            "INCLUDE_NON_FAILURES", "QUIET", "RUN_AS_PLUGIN",
        }
        .Select(name => KeyValuePair.Create($"TRIVY_{name}", (string?)null)))
    {
        ["TRIVY_DISABLE_TELEMETRY"] = "true",
        ["TRIVY_SKIP_VERSION_CHECK"] = "true",
    };

    /// <returns>Null where it may be used.</returns>
    public static string? Problem(string version, Version oldest)
    {
        var number = version.TrimStart('v').Split('-', '+')[0];
        return Malicious.Contains(number)
            ? $"This Trivy ({version}) is one that was tampered with (CVE-2026-33634). Take it off this machine, change every password and key that this machine holds, and look what it sent out. {HowToInstall}"
            : !System.Version.TryParse(number, out var parsed)
                ? $"This Trivy ({version}) does not say which release it is, so nobody knows what it can do. {HowToInstall}"
            : parsed < oldest
                ? $"This Trivy ({version}) is too old: {oldest} or later is needed. {HowToInstall}"
            : null;
    }
}
