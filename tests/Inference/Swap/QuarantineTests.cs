using System.Net;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Swap;

public sealed class QuarantineTests
{
    private static readonly TestModel Good = new(0.5f);

    [TestCaseSource(nameof(Unfit))]
    public async Task KeepsServingThroughABadVersionAndTakesTheNextGoodOne(TestModel bad, ArchiveFault fault, string reason)
    {
        await using var server = await RunningServer.WithModelAsync(Good);

        await server.Shop.PublishAsync(bad, fault: fault);
        await Wait.ForAsync(() => server.State().QuarantineOf(2) is { Attempts: >= 2 }, "the bad version was tried again");
        var held = server.State();
        using (var meanwhile = await server.InferAsync(Answers.Row))
            await ShouldAnswerAsync(meanwhile, Good, version: 1);

        await server.Shop.PublishAsync(new(0.75f));
        await server.ServingAsync(3);
        using var after = await server.InferAsync(Answers.Row);

        await ShouldAnswerAsync(after, new(0.75f), version: 3);
        Assert.Multiple(() =>
        {
            Assert.That(held.Phase, Is.EqualTo(ServedModelState.Quarantined));
            Assert.That(held.QuarantineOf(2)!.Reason, Does.Contain(reason));
            Assert.That(Directory.EnumerateFileSystemEntries(server.CacheFolder, "*", SearchOption.AllDirectories).Where(File.Exists), Is.Empty, "files left behind");
        });
    }

    // the control of the test above: the same steps without a fault end with the second version
    [Test]
    public async Task ServesTheSameVersionWhenNothingIsWrongWithIt()
    {
        await using var server = await RunningServer.WithModelAsync(Good);

        await server.Shop.PublishAsync(new(0.6f));

        await server.ServingAsync(2);
        Assert.That(server.State().Quarantined, Is.Empty);
    }

    [Test]
    public async Task IsNotReadyAndSaysWhyWhenTheFirstVersionIsBad()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new(0.5f) { NonNumericKind = true });
        await server.StartAsync();
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Failed, "the version has failed");

        using var ready = await server.Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
        using var live = await server.Client.GetAsync(new Uri("/v2/health/live", UriKind.Relative));
        using var ping = await server.Client.GetAsync(new Uri("/ping", UriKind.Relative));
        using var model = await server.Client.GetAsync(new Uri("/v2/models/pump/ready", UriKind.Relative));
        using var infer = await server.InferAsync(Answers.Row);

        Assert.Multiple(() =>
        {
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(ping.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(model.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(infer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        });
        Assert.That((string?)(await ready.JsonAsync())["reasons"]![0], Does.Contain("Version 1 of 'pump' cannot be served").And.Contain("not a finite number"));
        Assert.That((string?)(await infer.JsonAsync())["error"], Does.Contain("not a finite number"));
    }

    [Test]
    public async Task ServerThatStartsOnABadVersionAnswersWithTheOneBefore()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(Good);
        await server.Shop.PublishAsync(new(0.6f) { NonNumericKind = true });
        await server.StartAsync();
        await server.ReadyAsync();
        using var answer = await server.InferAsync(Answers.Row);

        await ShouldAnswerAsync(answer, Good, version: 1);
        Assert.That(server.State().Phase, Is.EqualTo(ServedModelState.Quarantined));
    }

    [Test]
    public async Task ArchiveThatIsDamagedInTheStoreIsQuarantinedWithTheReason()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        var second = await server.Shop.RegisterAsync(new(0.6f));
        var path = Path.Combine(server.StoreFolder, second.Artifact.Key);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        await server.Shop.PointAsync(second.Version);
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Quarantined, "the damaged version is held back");

        Assert.That(server.State().QuarantineOf(second.Version)!.Reason, Does.Contain("was modified after it was registered"));
        using var answer = await server.InferAsync(Answers.Row);
        await ShouldAnswerAsync(answer, Good, version: 1);
    }

    [Test]
    public async Task VersionWithoutAManifestIsQuarantinedAndServedWhenItGetsOne()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        await server.Shop.PointBlindlyAsync(2);
        await Wait.ForAsync(() => server.State().QuarantineOf(2) is not null, "the version is held back");
        Assert.That(server.State().QuarantineOf(2)!.Reason, Does.Contain("has no manifest"));

        await server.Shop.RegisterAsync(new(0.6f));

        await server.ServingAsync(2);
    }

    [Test]
    public async Task RemovesWhatAKilledServerLeftBehind()
    {
        await using var server = new RunningServer();
        var left = Path.Combine(server.CacheFolder, "blue-1", "pump-1-half");
        Directory.CreateDirectory(left);
        await server.Shop.PublishAsync(Good);
        await server.StartAsync();
        await server.ReadyAsync();

        Assert.That(Directory.Exists(left), Is.False);
    }

    [Test]
    public async Task BecomesReadyWhenAGoodVersionFollowsABadFirstOne()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new(0.5f) { WrongGolden = true });
        await server.StartAsync();
        await Wait.ForAsync(() => server.State().Phase == ServedModelState.Failed, "the version has failed");

        await server.Shop.PublishAsync(Good);

        await server.ReadyAsync();
        Assert.That(server.State().Serving?.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task RefusesToAnswerWithWhatIsNotANumberUnderTraffic()
    {
        // large inputs overflow in this model, which its golden rows do not show
        await using var server = await RunningServer.WithModelAsync(Good with { NoSigmoid = true, Scale = 1e3f });
        using var fine = await server.InferAsync(Answers.Row);
        using var overflown = await server.InferAsync("""{"inputs":[{"name":"features","shape":[2,5],"datatype":"FP32","data":[42.5,10,0,1,0,3e38,3e38,0,0,0]}]}""");
        using var raw = await server.PostAsync("/invocations", """{"Torque [Nm]":3e38,"Wear, tool":-3e38,"Type":"M"}""");

        Assert.That(fine.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(overflown.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "the caller did that, and not the server");
        Assert.That((string?)(await overflown.JsonAsync())["error"], Does.Contain("Row 2 has no finite prediction: the value of 'Torque [Nm]' is too far outside the range that the model was trained on"));
        Assert.That((overflown.Header(SlipwayHeaders.PredictionId), overflown.Header(SlipwayHeaders.NotFinite)), Is.EqualTo(("", "")));
        Assert.That(raw.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task BlamesTheModelWhereTheInputsAreOrdinary()
    {
        // finite for the golden rows, and for nothing larger
        await using var server = await RunningServer.WithModelAsync(Good with { NoSigmoid = true, Scale = 3e37f });
        using var overflown = await server.InferAsync("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[80,-2000,0,1,0]}]}""");

        Assert.That(overflown.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That((string?)(await overflown.JsonAsync())["error"], Does.Contain("not a finite number"));
        Assert.That(overflown.Header(SlipwayHeaders.NotFinite), Is.EqualTo("true"), "for the gateway, which counts it apart from other errors");
    }

    private static async Task ShouldAnswerAsync(HttpResponseMessage answer, TestModel expected, int version)
    {
        Assert.That(answer.Header(SlipwayHeaders.ModelVersion), Is.EqualTo($"{version}"));
        Assert.That((await answer.JsonAsync()).Data()[0], Is.EqualTo(expected.Predict(Answers.RowFeatures)).Within(1e-6));
    }

    private static IEnumerable<TestCaseData> Unfit()
    {
        yield return Case("FlippedBit", new(0.6f), "SHA-256", ArchiveFault.FlippedBit);
        yield return Case("Truncated", new(0.6f), "were registered", ArchiveFault.Truncated);
        yield return Case("WrongDigest", new(0.6f), "SHA-256", ArchiveFault.WrongDigest);
        yield return Case("NotANumber", new(0.6f) { NonNumericKind = true }, "not a finite number");
        yield return Case("WrongGolden", new(0.6f) { WrongGolden = true }, "but the trainer got");
        yield return Case("WrongEncoding", new(0.6f) { WrongEncoding = true }, "encodes golden row 0 differently");
        yield return Case("NoGolden", new(0.6f) { NoGolden = true }, "at least one");
        yield return Case("ExternalData", new(0.6f) { ExternalData = true }, "external data");
        yield return Case("OtherSchemaInFile", new(0.6f) { OtherSchemaInFile = true }, "is not the manifest's");
        yield return Case("NoMetadata", new(0.6f) { NoMetadata = true }, "no metadata");
        yield return Case("NotOnnx", new(0.6f) { NotOnnx = true }, "ONNX");
        yield return Case("OtherWidth", new(0.6f) { OtherWidth = true }, "expected Single [-1, 5]");
    }

    private static TestCaseData Case(string name, TestModel bad, string reason, ArchiveFault fault = ArchiveFault.None) =>
        new TestCaseData(bad, fault, reason).SetArgDisplayNames(name);
}
