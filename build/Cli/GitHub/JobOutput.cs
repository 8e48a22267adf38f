using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Cli.GitHub;

/// <summary>Routes everything that this process prints through a <see cref="QuotingWriter"/> while a workflow runs it.</summary>
public sealed class JobOutput : IDisposable
{
    private readonly (TextWriter Output, TextWriter Error) _before = (Console.Out, Console.Error);
    private readonly QuotingWriter[] _quoting = [];

    public JobOutput()
    {
        Job = new(EnvironmentVariables.Value, _before.Output);
        if (!Job.IsRunning)
            return;
        _quoting = [new(_before.Output), new(_before.Error)];
        Console.SetOut(_quoting[0]);
        Console.SetError(_quoting[1]);
    }

    /// <summary>The only writer whose commands reach the runner.</summary>
    public WorkflowJob Job { get; }

    public void Dispose()
    {
        Console.SetOut(_before.Output);
        Console.SetError(_before.Error);
        foreach (var writer in _quoting)
            writer.Dispose();
    }
}
