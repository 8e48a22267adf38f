using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Slipway.Answers.Evidence;
using Slipway.Registry.Signing;

namespace Slipway.Answers.Tests.Evidence;

/// <summary>One real file, and what people could do to it.</summary>
public sealed class EvidenceForgeryTests
{
    private static readonly LocalKeySigner Stranger = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private readonly EvidenceCheck _check = new();
    private byte[] _file = null!;

    [OneTimeSetUp]
    public async Task Export()
    {
        using var fixture = new AnswersFixture();
        await fixture.Trains();
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        var prediction = (await fixture.Predicts(1, """[{"age":60,"ward":"A"}]"""))[0];
        _file = (await new EvidenceExport(fixture.Store, AnswersFixture.Ids, AnswersFixture.Signatures, AnswersFixture.Signer, "local", "grace", fixture.Time).CreateAsync(prediction, default)).File;
    }

    [OneTimeTearDown]
    public void Remove() => _check.Dispose();

    private static IEnumerable<TestCaseData> Forgeries()
    {
        static TestCaseData Forged(string name, string reason, Func<byte[], byte[]> forge) => new TestCaseData(reason, forge).SetArgDisplayNames(name);
        // by somebody without the key
        yield return Forged("another prediction", "the file is not signed by a trusted key, or was modified afterwards", file => EvidenceCheck.Replace(file, text => text.Replace("\"blue-1\"", "\"blue-2\"")));
        yield return Forged("another signer", "the file does not contain the public key that you trust", file => EvidenceCheck.Sign(file, Stranger, content => content["keys"] = new JsonArray(Stranger.Key.ToPem())));
        yield return Forged("another signer beside the key", "the file is not signed by a trusted key, or was modified afterwards", file => EvidenceCheck.Sign(file, Stranger, content => content["keys"]!.AsArray().Add(Stranger.Key.ToPem())));
        yield return Forged("without a signature", "the file is not signed by a trusted key, or was modified afterwards", file => EvidenceCheck.Envelope(file, envelope => envelope["signatures"] = new JsonArray()));
        yield return Forged("another type", "instead of application/vnd.slipway.evidence+json", file => EvidenceCheck.Envelope(file, envelope => envelope["payloadType"] = "application/json"));
        yield return Forged("not base64", "the file is not base64", file => EvidenceCheck.Envelope(file, envelope => envelope["payload"] = "?"));
        yield return Forged("cut off", "the file is not JSON", file => file[..^20]);
        // by somebody who may export with the key, but did not sign versions with it
        yield return Forged("another dataset", "the dataset is not the one in the lineage", Resigned(content => content["dataset"]!["sha256"] = new string('0', 64)));
        yield return Forged("changed copy", "the stored copy of the dataset has changed", Resigned(content => content["dataset"]!["copySha256"] = new string('0', 64)));
        yield return Forged("another lineage", "the signature of the manifest is about other bytes", Resigned(content => EvidenceCheck.Rewrite(content["manifest"]!, text => text.Replace(new string('c', 40), new string('e', 40)))));
        yield return Forged("manifest without its hash", "the manifest was modified: its hash is another", Resigned(content => content["manifest"]!["bytes"] = Convert.ToBase64String("{}"u8)));
        yield return Forged("another version", "the prediction id names another version than the manifest", Resigned(content => content["prediction"]!["id"] = ((string)content["prediction"]!["id"]!).Replace("patients.1.", "patients.2.")));
        yield return Forged("another record", "the logged prediction is of another id, version or training job", Resigned(content => content["prediction"]!["record"]!["trainingJob"] = "patients-000000000000-a1"));
        yield return Forged("id that nobody recognized", "the environment did not recognize the prediction id", Resigned(content => content["prediction"]!["idAuthentic"] = false));
        yield return Forged("another publisher", "the signature of the history is about other bytes", Resigned(content => EvidenceCheck.Rewrite(content["history"]![0]!, text => text.Replace("\"ada\"", "\"eve\""))));
        yield return Forged("no history", "the history does not say that this manifest was published", Resigned(content => content["history"] = new JsonArray()));
        yield return Forged("signature of the history in place of the manifest's", "the signature of the manifest is about other bytes", Resigned(content => content["manifest"]!["signature"] = (string)content["historyHead"]!));
    }

    [TestCaseSource(nameof(Forgeries))]
    public void ForgedEvidenceIsRefusedWithAReason(string reason, Func<byte[], byte[]> forge)
    {
        EvidenceCheck.Require();
        var (code, output) = _check.Run(forge(_file), AnswersFixture.Signer.Key.Id);

        Assert.That(output, Does.StartWith("REFUSED: ").And.Contain(reason));
        Assert.That(code, Is.EqualTo(1));
    }

    [Test]
    public void FileOfAnotherEnvironmentIsRefusedByTheFingerprint()
    {
        EvidenceCheck.Require();
        Assert.That(_check.Run(_file, Stranger.Key.Id).Output, Does.Contain("the file does not contain the public key that you trust"));
        Assert.That(_check.Run(_file, "abc").Output, Does.Contain("64 hexadecimal digits"));
    }

    private static Func<byte[], byte[]> Resigned(Action<JsonObject> change) => file => EvidenceCheck.Sign(file, AnswersFixture.Signer, change);
}
