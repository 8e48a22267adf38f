using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Job;
using Slipway.Trainer.Proposals.Choices;
using Slipway.Trainer.Proposals.FirstModels;
using Slipway.Trainer.Proposals.Inspection;
using Slipway.Trainer.Proposals.Text;

namespace Slipway.Trainer.Proposals;

/// <summary>From a CSV file without a description to a model.json that can be trained: profile, choose, test, write.</summary>
/// <param name="findings">Receives what a person wants to know at the end; progress goes to <paramref name="progress"/>.</param>
public sealed class ProposalJob(TextWriter findings, JobProgress progress, TimeProvider time)
{
    private const int MaxValues = 20_000_000;

    /// <summary>For the first model: more rows would take minutes, with the same result.</summary>
    public int MaxRows { get; init; } = 100_000;

    /// <summary>The file is written last, completely or not at all, and never overwrites another.</summary>
    /// <exception cref="SlipwayException">There is no proposal; the message says what to change.</exception>
    public void Run(ProposalRequest request, CancellationToken cancellation)
    {
        if (File.Exists(request.Output))
            throw new SlipwayException($"'{request.Output}' exists already and is not overwritten. Delete it to start over, or choose another name.");

        var summary = DatasetSummary.Read(Open(request.Dataset), Path.GetFileName(request.Dataset), cancellation);
        progress.Report($"Read {summary.Source}: {summary.Rows} rows, {summary.Columns.Count} columns");
        var draft = ProposalDraft.Of(summary, request.Label, request.Task);
        using var sample = Sample(draft, request.Dataset, cancellation);
        var outcome = new FirstModelRun(progress, time).Propose(request, draft, sample?.Path ?? request.Dataset, cancellation);
        var report = new ProposalText(outcome);
        var json = new SpecText(request.Model, outcome, report).ToJson();
        AtomicFile.Write(request.Output, overwrite: false, file => file.Write(json));
        foreach (var line in report.Lines())
            findings.WriteLine(line);
    }

    private SampledCsv? Sample(ProposalDraft draft, string dataset, CancellationToken cancellation)
    {
        var most = Math.Min(MaxRows, MaxValues / draft.Width);
        if (draft.Summary.Rows <= most)
            return null;
        progress.Report($"Taking a sample of about {most:N0} of {draft.Summary.Rows:N0} rows for a first model");
        return SampledCsv.Of(dataset, (double)most / draft.Summary.Rows, cancellation);
    }

    private static FileStream Open(string path) => File.Exists(path)
        ? File.OpenRead(path)
        : throw new SlipwayException($"The dataset '{path}' does not exist. Pass --dataset=<path of a CSV file>.");
}

/// <param name="Dataset">Path of a CSV with a header.</param>
/// <param name="Label">The target column.</param>
/// <param name="Model">Name of the new model.</param>
/// <param name="Task">Null to detect it.</param>
/// <param name="Output">Path of the model.json.</param>
public sealed record ProposalRequest(string Dataset, string Label, string Model, ModelTask? Task, string Output)
{
    /// <summary>The dataset's file name, if it is already next to the model.json.</summary>
    public string? Sample => Path.GetDirectoryName(Path.GetFullPath(Dataset)) == Path.GetDirectoryName(Path.GetFullPath(Output)) ? Path.GetFileName(Dataset) : null;
}
