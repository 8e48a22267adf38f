namespace Slipway.Build.Benchmarks.Contestants;

/// <summary>How a contestant is started.</summary>
/// <param name="Service">Its name among the services of the environment.</param>
/// <param name="Proof">A command that succeeds where it can be started; null for one that always can.</param>
/// <param name="HowToGet">What a person does so that it can.</param>
/// <param name="Command">Given its own folder and the port to listen on.</param>
public sealed record ContestantProgram(string Name, string Service, IReadOnlyList<string>? Proof, string HowToGet, Func<string, int, IReadOnlyList<string>> Command);
