namespace Slipway.Build.Images.Scanning.Trivy;

/// <summary>What Trivy says when it can not scan, with what to do about it.</summary>
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
        Says(said, "failed to download vulnerability DB", "DB error", "--skip-db-update cannot be specified")
            ? "Trivy has no vulnerability data, and nothing passes without. It comes from a registry on the internet: let this machine reach it, name a mirror " +
              "(TRIVY_DB_REPOSITORY=<registry>/trivy-db:2), or carry the folder 'db' of another machine's cache over and set TRIVY_CACHE_DIR and TRIVY_SKIP_DB_UPDATE=true."
        : Says(said, "unable to find the specified image")
            ? "The engine does not have the image, or Trivy does not reach the engine (DOCKER_HOST). Package again: ./build.sh --target=PackageImages"
        : Says(said, "UNAUTHORIZED", "DENIED", "401 Unauthorized", "403 Forbidden")
            ? "The registry does not let this scan in. On AWS the role 'scan' pulls images (aws sts get-caller-identity tells which one this is); elsewhere log in with docker login."
        : Says(said, "context deadline exceeded", "semaphore acquire")
            ? "It ran into its time-out. The first scan downloads vulnerability data of some hundred MiB: run it again."
        : Says(said, "no space left on device")
            ? "The disk is full: Trivy writes a copy of the image to the folder of temporary files while it scans (TMPDIR)."
        : null;

    private static bool Says(string said, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (said.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
