using System.Security.Cryptography;
using System.Text;
using Slipway.Answers.Evidence;
using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;

namespace Slipway.Answers.Tests.Evidence;

public sealed class EvidenceExportTests
{
    private AnswersFixture _fixture = null!;
    private EvidenceCheck _check = null!;
    private ModelManifest _manifest = null!;
    private string _prediction = null!;

    [SetUp]
    public async Task SetUp()
    {
        (_fixture, _check) = (new(), new());
        _manifest = await _fixture.Trains();
        _fixture.Time.Advance(TimeSpan.FromMinutes(5));
        _prediction = (await _fixture.Predicts(1, """[{"age":60,"ward":"A"}]"""))[0];
    }

    [TearDown]
    public void TearDown()
    {
        _fixture.Dispose();
        _check.Dispose();
    }

    [Test]
    public void ProgramInTheDocsHasAtMostAHundredLines() => Assert.That(EvidenceCheck.Program.Count(letter => letter == '\n'), Is.InRange(50, 100));

    [Test]
    public async Task ProgramInTheDocsVerifiesARealExport()
    {
        EvidenceCheck.Require();
        var evidence = await Export();
        var (code, output) = _check.Run(evidence.File, AnswersFixture.Signer.Key.Id);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain($"Prediction {_prediction}").And.Contain($"from training job {_manifest.Lineage.TrainingJob}"));
        Assert.That(output, Does.Contain($"on dataset datasets/patients/patients.csv, version {_manifest.Lineage.Dataset.Version}, SHA-256 {Sha256(AnswersFixture.Csv)};"));
        Assert.That(output, Does.Contain("published by ada at ").And.Contain("The log has it, made at ").And.EndsWith($"VERIFIED with key {AnswersFixture.Signer.Key.Id}.\n"));
    }

    [Test]
    public async Task PredictionThatTheLogDoesNotHaveIsProvenByItsId()
    {
        EvidenceCheck.Require();
        var id = AnswersFixture.Ids.Create(AnswersFixture.Model, 1, "blue-1", _fixture.Time.GetUtcNow(), 99);
        var evidence = await Export(id);

        Assert.That(evidence.Content.Prediction.Record, Is.Null);
        Assert.That(_check.Run(evidence.File, AnswersFixture.Signer.Key.Id).Output, Does.Contain("The log does not have it any more, or never had it.").And.Contain("VERIFIED"));
    }

    [Test]
    public void IdOfAnotherEnvironmentProvesNothing() =>
        Assert.That(() => Export(new PredictionIds([.. Enumerable.Repeat((byte)9, 32)]).Create(AnswersFixture.Model, 1, "blue-1", _fixture.Time.GetUtcNow(), 1)), Throws.TypeOf<SlipwayException>().With.Message.Contains("there is nothing to prove"));

    [Test]
    public async Task VersionThatNobodySignedProvesNothing()
    {
        var manifest = (await new ModelVersions(_fixture.Store).FindAsync(AnswersFixture.Model, 1, default))!;
        await _fixture.Store.DeleteAsync(StoreKeys.Signature(AnswersFixture.Model, manifest.Sha256));

        Assert.That(() => Export(), Throws.TypeOf<SignatureException>().With.Message.Contains("is not signed"));
    }

    [Test]
    public async Task HistoryThatNobodySignedProvesNothing()
    {
        var entry = await File.ReadAllBytesAsync(Path.Combine(_fixture.Folder, StoreKeys.HistoryEntry(AnswersFixture.Model, 1)));
        await _fixture.Store.DeleteAsync(StoreKeys.Signature(AnswersFixture.Model, Sha256Hex.Of(entry)));
        Assert.That(() => Export(), Throws.TypeOf<SlipwayException>().With.Message.Contains("No entry of the history of 'patients' is signed since version 1 was published"));

        // a later signed entry vouches for the ones before it
        await _fixture.Trains("patient,age,ward,ill\n20,70,A,1\n");
        var evidence = await Export();
        Assert.That(evidence.Content.History, Has.Count.EqualTo(2));
        EvidenceCheck.Require();
        Assert.That(_check.Run(evidence.File, AnswersFixture.Signer.Key.Id).Output, Does.Contain("VERIFIED"));
    }

    [Test]
    public async Task ChangedCopyOfTheDatasetIsNoEvidence()
    {
        await _fixture.Put(StoreKeys.TrainingInput(_manifest.Lineage.TrainingJob, "training", "patients.csv"), "other"u8.ToArray());

        Assert.That(() => Export(), Throws.TypeOf<SlipwayException>().With.Message.Contains("is not the dataset that training job"));
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<ExportedEvidence> Export(string? prediction = null) => new EvidenceExport(
        _fixture.Store, AnswersFixture.Ids, AnswersFixture.Signatures, AnswersFixture.Signer, "local", "grace", _fixture.Time).CreateAsync(prediction ?? _prediction, default);
}
