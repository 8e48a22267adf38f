using Slipway.Build.Images.Docker;
using Slipway.Build.Images.Releases;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>What a containerized environment needs from outside.</summary>
/// <param name="Docker">The client of this machine's Docker engine, cancellable.</param>
/// <param name="Package">Builds the images of this tree, or finds them if they exist.</param>
public sealed record LocalEngine(Func<CancellationToken, DockerTool> Docker, Func<CancellationToken, Task<ReleaseRecord>> Package);
