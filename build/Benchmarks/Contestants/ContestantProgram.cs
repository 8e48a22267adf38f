namespace Slipway.Benchmarks.Contestants;

/// <summary>How a contestant is started.</summary>
/// <param name="Service">Its name among the services of the environment.</param>
/// <param name="Proof">A command that succeeds if the contestant can be started; null if it always can.</param>
/// <param name="InstallHint">How to install what is missing.</param>
/// <param name="Command">The command line, given its own folder and the port to listen on.</param>
public sealed record ContestantProgram(string Name, string Service, IReadOnlyList<string>? Proof, string InstallHint, Func<string, int, IReadOnlyList<string>> Command);
