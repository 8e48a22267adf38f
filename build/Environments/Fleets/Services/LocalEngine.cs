using Slipway.Build.Images.Docker;
using Slipway.Build.Images.Releases;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>What an environment of containers needs from outside of it.</summary>
/// <param name="Docker">Talks to this machine's engine until it is told to stop.</param>
/// <param name="Package">Makes the images of this tree, or finds them made.</param>
public sealed record LocalEngine(Func<CancellationToken, DockerTool> Docker, Func<CancellationToken, Task<ReleaseRecord>> Package);
