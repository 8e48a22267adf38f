using System.Text.Json;
using Slipway.Automation.Monitoring.Domains;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Build.Environments.Training;

/// <summary>The trainer as the program that tells samples apart.</summary>
public sealed class DomainProcess(SlipwayEnvironment environment, FolderRelease trainer, IProgressStep step) : IDomainClassifier
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly TrainerCommand _command = new(trainer, Timeout, $"Comparing the log with the training data took longer than {Timeout}. Nothing was written.", environment.Time);

    public async Task<DomainScore> ScoreAsync(DomainSamples samples, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(environment.Folders.Work, $"domain-{Guid.NewGuid():n}"));
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "samples.json"), Path.Combine(folder.FullName, "score.json"));
            await using (var file = File.Create(input))
                await JsonSerializer.SerializeAsync(file, samples, RegistryJson.Default.DomainSamples, cancellation);
            await _command.RunAsync(_command.Line("compare", $"--samples={input}", $"--output={output}"), step, cancellation);
            return CompleteJson.Deserialize(await File.ReadAllBytesAsync(output, cancellation), RegistryJson.Default.DomainScore)
                ?? throw new SlipwayException("The trainer wrote no result.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
