using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>Starts, recognises and ends services that outlive the command that started them.</summary>
public interface IServiceHost
{
    /// <exception cref="SlipwayException">It did not start.</exception>
    ServiceRecord Start(ServiceStart service);

    bool IsRunning(ServiceRecord service);

    /// <summary>Whether something that runs and what replaces it can listen on one port for a moment, so that nothing is lost between them.</summary>
    bool SharesPorts(ServiceRecord running, Release next);

    /// <summary>Asks a service to finish what it has and end; after <paramref name="patience"/> it is killed. Nothing of it is left.</summary>
    Task StopAsync(ServiceRecord service, TimeSpan patience, CancellationToken cancellation);

    /// <summary>What a service ran; null when that is not to be had any more.</summary>
    Release? ReleaseOf(ServiceRecord service);

    /// <summary>Where a person reads what it printed, and the last lines of that.</summary>
    string Printed(ServiceRecord service);
}

/// <param name="Name">As in <see cref="ServiceRecord"/>.</param>
/// <param name="Program">The name of its assembly.</param>
/// <param name="Words">What it is started with.</param>
/// <param name="Settings">Its environment variables.</param>
/// <param name="Writes">The folders that it writes to; they exist.</param>
/// <param name="Reads">The files that it reads besides.</param>
public sealed record ServiceStart(
    string Name, Release Release, string Program, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<string> Writes, IReadOnlyList<string> Reads);
