namespace Slipway.Registry.Storage;

/// <summary>The store does not have a version of an object that somebody named: it was never there, or it is there no more.</summary>
public sealed class MissingVersionException(string key, string version)
    : SlipwayException($"The store has no version '{version}' of '{key}'. It was removed, or the store keeps no older versions of that object. Name another version.");
