using System.Net;
using Slipway.Hosting.Options;
using Slipway.Inference.Hosting;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Invocations;

public sealed class CsvHeaderTests
{
    private const string Absent = "text/csv; header=absent";

    private static readonly TestModel Version = new(0.5f);
    private static readonly float First = Version.Predict(42.5f, 10, 0, 1, 0), Second = Version.Predict(20, 100, 0, 0, 1);

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(Version, "MaxRows=10");

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase(Absent, "42.5,10,M\n20,,H\n")]
    [TestCase("text/csv; charset=utf-8; header=\"Absent\"", "42.5;10;M\r\n20;;H")]
    [TestCase("text/csv; header=present", "Torque [Nm],\"Wear, tool\",Type\n42.5,10,M\n20,,H\n")]
    [TestCase("text/csv", "\"Torque [Nm]\", \"Wear, tool\", \"Type\"\n42.5, 10, \"M\"\n20, , \"H\"\n", TestName = "BlanksBeforeQuotes")]
    [TestCase("text/csv", "\"Torque [Nm]\";\"Wear, tool\";\"a, b, c\";Type\n42.5;10;x;M\n20;;x;H\n", TestName = "CommasWithinQuotes")]
    [TestCase("text/csv", ",Torque [Nm],\"Wear, tool\",Type\n0,42.5,10,M\n1,20,,H\n", TestName = "AnIndexWithoutAName")]
    public async Task AnswersTwoRows(string type, string body)
    {
        using var answer = await _server.PostAsync("/invocations", body, type);
        var json = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
        Assert.That(json["predictions"]!.AsArray().Select(row => row!["probability"]!.GetValue<float>()), Is.EqualTo(new[] { First, Second }).Within(1e-6));
    }

    [Test]
    public async Task AnswersWithoutAHeaderWhatCameWithoutOne()
    {
        using var answer = await _server.PostAsync("/invocations", "42.5,10,M\n20,,H\n", Absent, ("Accept", "text/csv"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines.Select(line => float.Parse(line.Split(',')[0], null)), Is.EqualTo(new[] { First, Second }).Within(1e-6));
    }

    [Test]
    public async Task TakesTheServersSettingWhereTheRequestSaysNothing()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "CsvHeader=absent");
        using var without = await server.PostAsync("/invocations", "42.5,10,M\n", "text/csv");
        using var with = await server.PostAsync("/invocations", "Type,Torque [Nm],\"Wear, tool\"\nM,42.5,10\n", "text/csv; header=present");

        Assert.That((await without.JsonAsync())["predictions"]![0]!["probability"]!.GetValue<float>(), Is.EqualTo(First).Within(1e-6));
        Assert.That((await with.JsonAsync())["predictions"]![0]!["probability"]!.GetValue<float>(), Is.EqualTo(First).Within(1e-6));
    }

    [TestCase(Absent, "42.5,10\n", "The body, data row 1: 2 values. Without a header there must be 3, in this order: Torque [Nm], Wear, tool, Type.")]
    [TestCase(Absent, "7,42.5,10,M\n", "The body, data row 1: 4 values. Without a header there must be 3")]
    [TestCase(Absent, "Torque [Nm],\"Wear, tool\",Type\n42.5,10,M\n", "'Torque [Nm]' in row 1 is 'Torque [Nm]', which is not a finite number")]
    [TestCase(Absent, "", "The body is empty")]
    [TestCase("text/csv", "42.5,10,M\n", "header=absent', with the values in this order: Torque [Nm], Wear, tool, Type")]
    [TestCase("text/csv", "42.5,10,M\n20,10,H\n", "header=absent', with the values in this order: Torque [Nm], Wear, tool, Type")]
    [TestCase("text/csv; header=maybe", "42.5,10,M\n", "neither 'present' nor 'absent'")]
    public async Task SaysHowToSendWhatHasNoHeader(string type, string body, string reason)
    {
        using var answer = await _server.PostAsync("/invocations", body, type);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain(reason));
    }

    [TestCase(259, null)]
    [TestCase(1_000_000, "has more than 259 columns")]
    public async Task BoundsColumns(int count, string? reason)
    {
        var others = Enumerable.Range(0, count - 3).Select(i => $"c{i}").ToList();
        var body = $"Torque [Nm],\"Wear, tool\",Type,{string.Join(',', others)}\n42.5,10,M,{string.Join(',', others)}\n";
        using var answer = await _server.PostAsync("/invocations", body, "text/csv");

        Assert.That(answer.StatusCode, Is.EqualTo(reason is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest));
        if (reason is not null)
            Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain(reason));
    }

    [Test]
    public void RefusesASettingThatMeansNothing() => Assert.That(
        () => InferenceHost.Build(["--Store=/tmp/none", "--KeyFile=/tmp/none.key", "--Signatures=off", "--CsvHeader=maybe"]),
        Throws.TypeOf<InvalidOptionsException>().With.Message.StartsWith("CsvHeader is 'maybe'; expected present or absent"));
}
