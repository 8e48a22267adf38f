using Slipway.Registry;
using Slipway.Registry.Manifests;

namespace Slipway.Automation.Rollbacks;

/// <summary>Finds versions by number.</summary>
public static class RegisteredVersions
{
    /// <exception cref="SlipwayException">The version does not exist; the message lists those that do.</exception>
    public static async Task<ModelManifest> RequireAsync(this ModelVersions versions, string model, int version, CancellationToken cancellation)
    {
        if (await versions.GetAsync(model, version, cancellation) is { } manifest)
            return manifest;

        var known = await versions.ListAsync(model, cancellation).ToListAsync(cancellation);
        throw new SlipwayException(
            $"'{model}' has no version {version}. {(known.Count == 0 ? "It has none yet: run ./build.sh --target=Train." : $"It has: {string.Join(", ", known)}.")}");
    }
}
