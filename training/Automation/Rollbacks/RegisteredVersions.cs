using Slipway.Registry;
using Slipway.Registry.Manifests;

namespace Slipway.Automation.Rollbacks;

/// <summary>Versions as a person names them.</summary>
public static class RegisteredVersions
{
    /// <exception cref="SlipwayException">There is no such version; the message says which there are.</exception>
    public static async Task<ModelManifest> RequireAsync(this ModelVersions versions, string model, int version, CancellationToken cancellation)
    {
        if (await versions.GetAsync(model, version, cancellation) is { } manifest)
            return manifest;

        var known = await versions.ListAsync(model, cancellation).ToListAsync(cancellation);
        throw new SlipwayException(
            $"'{model}' has no version {version}. {(known.Count == 0 ? "It has none yet: run ./build.sh --target=Train." : $"It has: {string.Join(", ", known)}.")}");
    }
}
