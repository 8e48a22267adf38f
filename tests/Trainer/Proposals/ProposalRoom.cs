using System.Text;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Trainer.Proposals;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Proposals;

/// <summary>A folder with a CSV file, and NewModel's proposal for it.</summary>
internal sealed class ProposalRoom : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("slipway-proposal-");
    private readonly StringWriter _findings = new();
    private byte[] _csv = [];

    public string Csv => Path.Combine(_root.FullName, "data.csv");

    public string Output => Path.Combine(_root.FullName, "models", "new-model", "model.json");

    public string Json => File.ReadAllText(Output);

    public string Findings => _findings.ToString();

    public ModelSpec Spec => ModelSpecReader.Read(File.ReadAllBytes(Output), "model.json");

    public ProposalRoom Give(string csv) => Give(Encoding.UTF8.GetBytes(csv));

    public ProposalRoom Give(byte[] csv)
    {
        File.WriteAllBytes(Csv, _csv = csv);
        return this;
    }

    public ProposalRoom Propose(string label, ModelTask? task = null, int mostRows = 100_000)
    {
        new ProposalJob(_findings, new(TextWriter.Null, TimeProvider.System), TimeProvider.System) { MaxRows = mostRows }
            .Run(new(Csv, label, "new-model", task, Output), CancellationToken.None);
        return this;
    }

    /// <summary>The message for a CSV file without a possible model; nothing is left behind.</summary>
    public string Refusal(string label, ModelTask? task = null)
    {
        var message = Assert.Throws<SlipwayException>(() => Propose(label, task))!.Message;
        Assert.That(Directory.GetFileSystemEntries(_root.FullName), Is.EqualTo(new[] { Csv }), "nothing may be written");
        return message;
    }

    /// <summary>Trains the proposed spec unchanged, and applies its own gates.</summary>
    /// <param name="trainers">Others than those of this machine.</param>
    public async Task<GateReport> TrainAsync(ModelTrainers? trainers = null)
    {
        using var room = new JobRoom().GiveSpec(Json);
        File.WriteAllBytes(Path.Combine(room.Root, "input/data/training/data.csv"), _csv);
        await room.SucceedAsync(trainers);
        return GatePolicy.Evaluate(
            Spec.Gates,
            room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics),
            room.Read(ArtifactFiles.Schema, RegistryJson.Default.ModelSchema),
            champion: null);
    }

    public async Task ShouldPassItsOwnGates(ModelTrainers? trainers = null)
    {
        var report = await TrainAsync(trainers);
        Assert.That(report.Passed, Is.True, string.Join('\n', report.Verdicts.Select(GateReportText.Line)));
    }

    public void Dispose()
    {
        _findings.Dispose();
        TestFolder.Remove(_root);
    }
}
