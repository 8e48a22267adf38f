using System.Net;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Invocations;

public sealed class InvocationsTests
{
    private const string Csv = "Torque [Nm],\"Wear, tool\",Type\n42.5,10,M\n20,,H\n";

    private static readonly TestModel Version = new(0.5f);
    private static readonly float First = Version.Predict(42.5f, 10, 0, 1, 0);
    private static readonly float Second = Version.Predict(20, 100, 0, 0, 1);
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(Version, "MaxRows=10");

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("text/csv", Csv, TestName = "TakesCsv")]
    [TestCase("text/csv; charset=utf-8", "\uFEFFType;Torque [Nm];UDI;Wear, tool\r\nM;42.5;1;10\r\nH;20;2;\r\n", TestName = "TakesCsvWithOtherOrderDelimiterAndByteOrderMark")]
    [TestCase("application/json", """[{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"M"},{"Torque [Nm]":20,"Wear, tool":null,"Type":"H"}]""", TestName = "TakesRecords")]
    [TestCase("application/json", """{"records":[{"Type":"M","Wear, tool":"10","Torque [Nm]":"42.5"},{"Torque [Nm]":20,"Type":"H"}]}""", TestName = "TakesTextsForNumbersAndAbsentMembersAsMissing")]
    [TestCase("application/json", """{"note":"x","instances":[{"Torque [Nm]":42.5,"Wear, tool":10,"Type":" M "},{"Torque [Nm]":20,"Wear, tool":"","Type":"H","UDI":7}]}""", TestName = "TakesInstances")]
    public async Task AnswersTwoRows(string type, string body)
    {
        using var answer = await _server.PostAsync("/invocations", body, type);
        var json = await answer.JsonAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());

        var predictions = json["predictions"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That(predictions.Select(row => row!["probability"]!.GetValue<float>()), Is.EqualTo(new[] { First, Second }).Within(1e-6));
            Assert.That(predictions.Select(row => (string?)row!["label"]), Is.EqualTo(new[] { First, Second }.Select(p => p >= 0.5f ? "broken" : "healthy")));
            Assert.That((string?)json["model"], Is.EqualTo("pump"));
            Assert.That((int?)json["version"], Is.EqualTo(1));
        });
    }

    [Test]
    public async Task AnswersInCsvWhereAsked()
    {
        using var answer = await _server.PostAsync("/invocations?model=pump", Csv, "text/csv", ("Accept", "text/csv"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/csv"));
        Assert.That(lines[0], Is.EqualTo("probability,label"));
        Assert.That(float.Parse(lines[1].Split(',')[0], null), Is.EqualTo(First).Within(1e-6));
        Assert.That(lines, Has.Length.EqualTo(4));
    }

    [Test]
    public async Task NamesTheColumnsThatItIgnored()
    {
        using var answer = await _server.PostAsync("/invocations", """{"Torqe":42.5,"Wear, tool":10,"Type":"M","größe, %":1}""");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Header(SlipwayHeaders.IgnoredColumns), Is.EqualTo("Torqe, gr%C3%B6%C3%9Fe%2C %25"));
    }

    [TestCase("application/csv", "Type,Torque [Nm],\"Wear, tool\"\nM,42.5,10\nH,20,\n", TestName = "TakesCsvUnderItsOtherName")]
    [TestCase("application/jsonlines", "{\"Torque [Nm]\":42.5,\"Wear, tool\":10,\"Type\":\"M\"}\n{\"Type\":\"H\",\"Torque [Nm]\":20}\n", TestName = "TakesJsonLines")]
    [TestCase("application/json", """{"dataframe_records":[{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"M"},{"Type":"H","Torque [Nm]":20}]}""", TestName = "TakesMlflowRecords")]
    [TestCase("application/json", """{"dataframe_split":{"index":[0,1],"columns":["Type","UDI","Wear, tool","Torque [Nm]"],"data":[["M",1,10,42.5],["H",[2],null,20]]}}""", TestName = "TakesMlflowSplit")]
    [TestCase("application/json", """{"dataframe_split":{"data":[["M",10,42.5],["H",null,20]],"columns":["Type","Wear, tool","Torque \u005bNm]"]}}""", TestName = "TakesMlflowSplitInAnyOrder")]
    public async Task AnswersTwoRowsInOtherForms(string type, string body)
    {
        using var answer = await _server.PostAsync("/invocations", body, type);
        var json = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
        Assert.That(json["predictions"]!.AsArray().Select(row => (float)row!["probability"]!), Is.EqualTo(new[] { First, Second }).Within(1e-6));
    }

    [Test]
    public async Task AnswersALineARowWhereThatIsAskedFor()
    {
        using var answer = await _server.PostAsync("/invocations", Csv, "text/csv", ("accept", "application/jsonlines"));
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n');

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/jsonlines"));
        Assert.That(lines.Select(line => (float)System.Text.Json.Nodes.JsonNode.Parse(line)!["probability"]!), Is.EqualTo(new[] { First, Second }).Within(1e-6));
    }

    [TestCase("application/json;q=1.0, text/csv;q=0", HttpStatusCode.OK, "application/json")]
    [TestCase("application/json;q=0.1, application/csv", HttpStatusCode.OK, "application/csv")]
    [TestCase("application/xml", HttpStatusCode.NotAcceptable, "application/problem+json")]
    public async Task GivesWhatTheCallerAccepts(string accept, HttpStatusCode status, string type)
    {
        using var answer = await _server.PostAsync("/invocations", Csv, "text/csv", ("accept", accept));

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo(type));
    }

    [Test]
    public async Task AsksForAContentType()
    {
        using var answer = await _server.PostAsync("/invocations", Csv, "");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("has no content type"));
    }

    [TestCase("application/jsonlines", "", "one record per line")]
    [TestCase("application/jsonlines", "{\"Type\":\"M\"}\n7\n", "Record 2 is a number")]
    [TestCase("application/jsonlines", "{\"Type\":\"M\"}\n{\"Type\":", "not valid JSON")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type"]}}""", "needs both 'columns' and 'data'")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type"],"data":[["M"]]}}""", "'columns' lacks: Torque [Nm], Wear, tool")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type","Type"],"data":[["M","M"]]}}""", "'columns' names 'Type' twice")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type","Wear, tool","Torque [Nm]"],"data":[["M",1]]}}""", "Row 1 of 'data' must have 3 values")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type","Wear, tool","Torque [Nm]"],"data":[["M",1,2,3]]}}""", "Row 1 of 'data' must have 3 values")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type","Wear, tool","Torque [Nm]"],"data":["M"]}}""", "Row 1 of 'data' is a string")]
    [TestCase("application/json", """{"dataframe_split":{"columns":["Type","Wear, tool","Torque [Nm]"],"data":[]}}""", "0 records")]
    [TestCase("text/csv", "", "empty")]
    [TestCase("text/csv", "Torque [Nm],\"Wear, tool\",Type\n", "no rows")]
    [TestCase("text/csv", "Torque [Nm],Type\n1,M\n", "lacks these columns: Wear, tool")]
    [TestCase("text/csv", "Torque [Nm],\"Wear, tool\",Type\n1,2\n", "data row 1")]
    [TestCase("text/csv", "Torque [Nm],\"Wear, tool\",Type\nhigh,2,M\n", "'Torque [Nm]' in row 1 is 'high'")]
    [TestCase("text/csv", "Torque [Nm],\"Wear, tool\",Type\n1e99,2,M\n", "not a finite number")]
    [TestCase("application/json", "", "empty")]
    [TestCase("application/json", "7", "expected a record")]
    [TestCase("application/json", "[]", "0 records; it must have 1 to 10")]
    [TestCase("application/json", "{}", "names no column")]
    [TestCase("application/json", """[{"Type":"M"},7]""", "Record 2 is a number")]
    [TestCase("application/json", """[{"Type":"M"},{"Typ":"M"}]""", "Record 2 names no column of the model. Columns: Torque [Nm], Wear, tool, Type")]
    [TestCase("application/json", """{"Type":["M"]}""", "'Type' in row 1 is an array")]
    [TestCase("application/json", """{"Type":"M","Type":"L"}""", "names 'Type' twice")]
    [TestCase("application/json", """{"Torque [Nm]":"high"}""", "'high', which is not a finite number")]
    [TestCase("application/json", """{"Torque [Nm]":1e999}""", "does not fit")]
    [TestCase("application/json", """{"Type":"M"} x""", "not valid JSON")]
    [TestCase("application/json", """[{},{},{},{},{},{},{},{},{},{},{}]""", "11 records")]
    public async Task RefusesWhatItCannotRead(string type, string body, string reason)
    {
        using var answer = await _server.PostAsync("/invocations", body, type);
        var json = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), json.ToJsonString());
        Assert.That((string?)json["error"], Does.Contain(reason));
    }

    [Test]
    public async Task RefusesOtherMediaTypes()
    {
        using var answer = await _server.PostAsync("/invocations", Csv, "application/xml");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("application/json, application/jsonlines or text/csv"));
    }

    [Test]
    public async Task AsksForTheModelWhereThereAreSeveral()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new(0.1f), "pump");
        await server.Shop.PublishAsync(new(0.2f), "valve");
        await server.StartAsync();
        await server.ReadyAsync();

        using var unclear = await server.PostAsync("/invocations", Csv, "text/csv");
        using var unknown = await server.PostAsync("/invocations?model=motor", Csv, "text/csv");
        using var clear = await server.PostAsync("/invocations?model=valve", Csv, "text/csv");

        Assert.That(unclear.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await unclear.JsonAsync())["error"], Does.Contain("Models: pump, valve"));
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((string?)(await clear.JsonAsync())["model"], Is.EqualTo("valve"));
    }

    [Test]
    public async Task MeansTheConfiguredModelWhereThePathNamesNone()
    {
        await using var server = new RunningServer();
        await server.Shop.PublishAsync(new(0.1f), "pump");
        await server.Shop.PublishAsync(new(0.2f), "valve");
        await server.StartAsync("DefaultModel=pump");
        await server.ReadyAsync();

        using var answer = await server.PostAsync("/invocations", Csv, "text/csv");

        Assert.That((string?)(await answer.JsonAsync())["model"], Is.EqualTo("pump"));
    }
}
