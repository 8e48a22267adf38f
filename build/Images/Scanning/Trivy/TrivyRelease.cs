namespace Slipway.Build.Images.Scanning.Trivy;

/// <summary>Which releases of Trivy may scan our images.</summary>
internal static class TrivyRelease
{
    // tested against its source at this release
    private const string Known = "0.74.0";

    // CVE-2026-33634 (GHSA-69fq-xp46-6x23): published by somebody who had stolen the project's credentials; these releases steal the user's credentials
    private static readonly HashSet<string> Malicious = new(["0.69.4", "0.69.5", "0.69.6"], StringComparer.Ordinal);

    public static string InstallHint { get; } =
        $"Install a release that you have checked, such as {Known}: the archive for this machine and " +
        $"trivy_{Known}_checksums.txt from https://github.com/aquasecurity/trivy/releases/tag/v{Known}, then sha256sum --check --ignore-missing, then the program " +
        "'trivy' onto the PATH; or the package of the same version from Trivy's own Debian or RPM repository. Do not install it by a movable tag: in March 2026, such tags pointed to malicious code.";

    /// <summary>
    /// Settings that decide what is found and what is suppressed are set here; a user's variable must not silently change a verdict. Those about
    /// where data comes from (database, cache, server, proxies) are kept.
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

    /// <returns>Null if it may be used.</returns>
    public static string? Problem(string version, Version oldest)
    {
        var number = version.TrimStart('v').Split('-', '+')[0];
        return Malicious.Contains(number)
            ? $"This Trivy ({version}) is a malicious release (CVE-2026-33634). Remove it from this machine, rotate every password and key on this machine, and check what it sent out. {InstallHint}"
            : !System.Version.TryParse(number, out var parsed)
                ? $"This Trivy ({version}) does not report its release, so its features are unknown. {InstallHint}"
            : parsed < oldest
                ? $"This Trivy ({version}) is too old: {oldest} or later is needed. {InstallHint}"
            : null;
    }
}
