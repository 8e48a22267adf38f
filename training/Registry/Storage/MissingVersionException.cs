namespace Slipway.Registry.Storage;

/// <summary>The store does not have a requested version of an object: it never existed, or no longer exists.</summary>
public sealed class MissingVersionException(string key, string version)
    : SlipwayException($"The store has no version '{version}' of '{key}'. It was deleted, or the store keeps no older versions of that object. Choose another version.");
