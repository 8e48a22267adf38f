namespace Slipway.Build.Images.Scanning.Trivy;

/// <summary>Translates Trivy's error output into what to do about it.</summary>
internal static class TrivyFailure
{
    public static IReadOnlyList<string> Errors(IReadOnlyList<string> lines) =>
        [.. lines.SkipWhile(line => !line.Contains("\tFATAL\t", StringComparison.Ordinal) && !line.Contains("\tERROR\t", StringComparison.Ordinal))];

    public static IReadOnlyList<string> Essence(IReadOnlyList<string> lines)
    {
        var errors = Errors(lines) is { Count: > 0 } some ? some : lines;
        return Advice(string.Join('\n', errors)) is { } advice ? [.. errors, advice] : errors;
    }

    private static string? Advice(string said) =>
        // https://github.com/aquasecurity/trivy/blob/main/pkg/db/db.go
        Mentions(said, "failed to download vulnerability DB", "DB error", "--skip-db-update cannot be specified")
            ? "Trivy has no vulnerability data, and no image passes without it. The data comes from a registry on the internet: give this machine access to it, name a mirror " +
              "(TRIVY_DB_REPOSITORY=<registry>/trivy-db:2), or copy the folder 'db' from another machine's cache and set TRIVY_CACHE_DIR and TRIVY_SKIP_DB_UPDATE=true."
        : Mentions(said, "unable to find the specified image")
            ? "The engine does not have the image, or Trivy cannot reach the engine (DOCKER_HOST). Package again: ./build.sh --target=PackageImages"
        : Mentions(said, "UNAUTHORIZED", "DENIED", "401 Unauthorized", "403 Forbidden")
            ? "The registry denied access. On AWS, the role 'scan' may pull images (check the current role with aws sts get-caller-identity); elsewhere, log in with docker login."
        : Mentions(said, "context deadline exceeded", "semaphore acquire")
            ? "It timed out. The first scan downloads vulnerability data of some hundred MiB: run it again."
        : Mentions(said, "no space left on device")
            ? "The disk is full: Trivy writes a copy of the image to the temporary folder while it scans (TMPDIR)."
        : null;

    private static bool Mentions(string said, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (said.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
