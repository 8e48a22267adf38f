using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Slipway.Gateway.Page.Playground;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Gateway.Tests.Probes;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Tests.Page;

/// <summary>A person asks both colors, which leaves no trace in what callers' predictions are judged by.</summary>
public class PlaygroundScenarios
{
    private static Func<HttpContext, Seen, Task> Predicting(double probability, string? outOfRange = null) => async (context, seen) =>
    {
        context.Response.Headers[SlipwayHeaders.ModelVersion] = "1";
        context.Response.Headers[SlipwayHeaders.TrainingJob] = "pumps-1-a1";
        if (outOfRange is not null)
            context.Response.Headers[SlipwayHeaders.OutOfRange] = outOfRange;
        var rows = seen.Headers["content-type"].StartsWith("text/csv", StringComparison.Ordinal) ? seen.Body.Count(one => one == '\n') : JsonDocument.Parse(seen.Body).RootElement.GetArrayLength();
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            model = "pumps",
            version = 1,
            predictions = Enumerable.Range(0, rows).Select(_ => new { probability, label = probability < 0.5 ? "no" : "yes" }),
        }));
    };

    private static async Task<(PageFixture Page, Backend Blue, Backend Green)> StartAsync()
    {
        var page = await PageFixture.StartAsync();
        await page.PointAsync("pumps", 1);
        await GoldenVersions.RegisterAsync(page.Gateway.Store, 1);
        var blue = await page.ServeAsync(Color.Blue, PageFixture.Serving("pumps"));
        var green = await page.ServeAsync(Color.Green, PageFixture.Serving("pumps"));
        (blue.Respond, green.Respond) = (Predicting(0.9), Predicting(0.2));
        return (page, blue, green);
    }

    [Test]
    public async Task AsksBothColorsAndSaysThatTheyDiffer()
    {
        var (page, blue, green) = await StartAsync();
        await using var end = page;
        var text = await page.ReadAsync("/playground/pumps?c0=12.5");
        Assert.That(text, Does.Contain("Blue and green predict differently.").And.Contain("90 %").And.Contain("80 %").And.Contain("0 to 100"));
        foreach (var server in new[] { blue, green })
        {
            var asked = server.Requests.Last();
            Assert.That(asked.Path, Is.EqualTo("/invocations?model=pumps"));
            Assert.That(asked.Headers, Does.ContainKey(SlipwayHeaders.Probe), "neither logged nor counted");
            Assert.That(System.Text.Encoding.UTF8.GetString(asked.Body), Is.EqualTo("[{\"torque\":\"12.5\"}]"));
        }
        Assert.That((await page.Gateway.StatusAsync()).Colors.Sum(color => color.Requests), Is.Zero);
    }

    [Test]
    public async Task WarnsOfValuesThatTrainingDidNotHave()
    {
        var (page, blue, _) = await StartAsync();
        await using var end = page;
        blue.Respond = Predicting(0.9, outOfRange: "torque%2C%20%5BNm%5D");
        Assert.That(await page.ReadAsync("/playground/pumps?c0=1000"), Does.Contain("outside of the training data").And.Contain("torque, [Nm]"));
    }

    [Test]
    public async Task AColorWithoutAServerIsASentence()
    {
        var (page, _, green) = await StartAsync();
        await using var end = page;
        green.IsReady = false;
        await page.Gateway.ProbeAsync();
        Assert.That(await page.ReadAsync("/playground/pumps?c0=1"), Does.Contain("No healthy server of green has this model now.").And.Contain("Only blue answered."));
    }

    [Test]
    public async Task DrawsWhatHappensIfOneNumberChanges()
    {
        var (page, blue, _) = await StartAsync();
        await using var end = page;
        Assert.That(await page.ReadAsync("/playground/pumps?c0=1&vary=0"), Does.Contain("If torque changes").And.Contain("torque from 0 to 100; it is 1 now"));
        Assert.That(blue.Requests.Select(asked => JsonDocument.Parse(asked.Body).RootElement.GetArrayLength()), Does.Contain(PlaygroundInput.CurvePoints));
    }

    [Test]
    public async Task PredictsRowsThatWerePasted()
    {
        var (page, blue, _) = await StartAsync();
        await using var end = page;
        var text = await page.ReadAsync($"/playground/pumps?csv={Uri.EscapeDataString("torque\n1\n")}");
        Assert.That(text, Does.Contain("yes (0.9)").And.Contain("no (0.2)"));
        Assert.That(blue.Requests.Any(asked => asked.Headers["content-type"].StartsWith("text/csv", StringComparison.Ordinal)));
    }

    [Test]
    public async Task RowsWithoutAnAnswerSayWhy()
    {
        var (page, _, green) = await StartAsync();
        await using var end = page;
        green.IsReady = false;
        await page.Gateway.ProbeAsync();
        var text = await page.ReadAsync($"/playground/pumps?csv={Uri.EscapeDataString("torque\n1\n")}");
        Assert.That(text, Does.Contain("yes (0.9)").And.Contain("no answer, as above").And.Contain("No healthy server of green has this model now."));
    }

    [Test]
    public async Task AnAnswerThatCannotBeReadIsASentence()
    {
        var (page, blue, _) = await StartAsync();
        await using var end = page;
        blue.Respond = async (context, _) => await context.Response.WriteAsync("<html>");
        Assert.That(await page.ReadAsync("/playground/pumps?c0=1"), Does.Contain("returned an answer that cannot be read."));
    }

    [Test]
    public async Task MoreThanAnAddressHoldsIsRefusedByTheListener()
    {
        var (page, _, _) = await StartAsync();
        await using var end = page;
        await page.SignInAsync();
        using var answer = await page.SendAsync($"/playground/pumps?csv={new string('1', 9000)}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestUriTooLong));
    }

    [Test]
    public void ProgramsGetTheValuesInTheirOwnNotation()
    {
        var schema = GoldenVersions.Schema with
        {
            Columns = [new("a'b\"c", ColumnKind.Categorical, ["x"], null, null, null), new("n", ColumnKind.Numeric, null, 0, 0, 1), new("gone", ColumnKind.Numeric, null, 0, 0, 1)],
        };
        var body = PlaygroundCode.Body(schema, new Dictionary<string, string?> { ["a'b\"c"] = "$(rm)", ["n"] = "1.5", ["gone"] = null });
        Assert.That(body, Is.EqualTo("{\"a'b\\\"c\":\"$(rm)\",\"n\":1.5}"));
        Assert.That(PlaygroundCode.Curl("http://127.0.0.1:1/invocations", body, hasKey: false), Does.EndWith("-d '{\"a'\\''b\\\"c\":\"$(rm)\",\"n\":1.5}'"));
        Assert.That(PlaygroundCode.Python("u", body, hasKey: true), Does.Contain("os.environ[\"API_KEY\"]").And.Contain("data=\"{\\\"a'b"));
        Assert.That(PlaygroundCode.CSharp("u", body, hasKey: true), Does.Contain("GetEnvironmentVariable(\"API_KEY\")"));
    }
}
