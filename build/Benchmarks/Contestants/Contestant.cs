using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Build.Benchmarks.Contestants;

/// <summary>One of those that are compared.</summary>
public abstract record Contestant(string Name);

/// <param name="Url">Where it listens.</param>
public sealed record RunningContestant(string Name, Uri Url, ServiceRecord Service) : Contestant(Name);

/// <summary>One that this machine lacks.</summary>
/// <param name="HowToGet">What a person does to have it here.</param>
public sealed record MissingContestant(string Name, string HowToGet) : Contestant(Name);
