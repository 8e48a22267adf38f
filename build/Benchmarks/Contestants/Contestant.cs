using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Benchmarks.Contestants;

/// <summary>A server or proxy that takes part in a comparison.</summary>
public abstract record Contestant(string Name);

/// <param name="Url">Where it listens.</param>
public sealed record RunningContestant(string Name, Uri Url, ServiceRecord Service) : Contestant(Name);

/// <summary>A contestant that is not installed on this machine.</summary>
/// <param name="InstallHint">How to install it.</param>
public sealed record MissingContestant(string Name, string InstallHint) : Contestant(Name);
