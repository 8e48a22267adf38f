using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsCheck;
using Slipway.Tests.Properties;

namespace Slipway.Inference.Tests.Properties;

public sealed class InvocationsProperties
{
    private const string Path = "/invocations";
    private const string Record = """{"Torque [Nm]":42.5,"Wear, tool":"10","Type":"M","id":7}""";

    private static readonly byte[][] Json =
    [
        Encoding.UTF8.GetBytes(Record), Encoding.UTF8.GetBytes($"[{Record},{Record}]"), Encoding.UTF8.GetBytes($$"""{"records":[{{Record}}],"other":[1]}"""),
        """{"dataframe_split":{"columns":["Type","Torque [Nm]","Wear, tool","x"],"data":[["H",1,null,2],[true,"3",4.5,{}]],"index":[0,1]}}"""u8.ToArray(),
        """{"dataframe_records":[{"Type":null,"Torque [Nm]":true},{"Wear, tool":1e2}]}"""u8.ToArray(),
    ];

    private static readonly byte[][] Lines = [Encoding.UTF8.GetBytes($"{Record}\n{Record}\n"), Encoding.UTF8.GetBytes($"{Record} {Record}")];

    private static readonly byte[][] Csv =
        ["Torque [Nm],\"Wear, tool\",Type\n42.5,10,M\n,,\n"u8.ToArray(), "id;Type;Torque [Nm];Wear, tool\r\n1;L;1e1;\"2\"\r\n"u8.ToArray(), "42.5,10,M\n"u8.ToArray()];

    private static readonly Gen<(byte[] Body, string Type)> Bodies = Gen.OneOf(
        EditedJson.Of(Json).Select(body => (body, "application/json")), EditedJson.Of(Lines).Select(body => (body, "application/jsonlines")),
        Edited.Of(Csv).Select(body => (body, "text/csv")), Edited.Of(Csv).Select(body => (body, "text/csv; header=absent")));

    private PropertyServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await PropertyServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public Task AreAnsweredOrExplained() =>
        Property.HoldsAsync(Gen.Select(Bodies, Gen.OneOf("application/json", "text/csv", "application/jsonlines", "*/*")), 1200, one =>
            _server.PostAsync(Path, new ByteArrayContent(one.Item1.Body), one.Item1.Type, ("Accept", one.Item2)), one => $"{one.Item1.Type}: {Edited.Show(one.Item1.Body)}");

    [Test]
    public Task AreReadAsTheReferenceReadsThem() =>
        Property.HoldsAsync(EditedJson.Of(Json), 800, async body =>
        {
            var expected = ReferenceRecords.Read(body);
            var answer = await _server.PostAsync(Path, new ByteArrayContent(body), "application/json");
            Assert.That(answer.IsPrediction ? Predictions(answer) : null, expected is null ? Is.Null : Is.EqualTo(expected.Select(row => PropertyServer.Version.Predict(row))).Within(1e-5));
        }, Edited.Show);

    [Test]
    public Task AreTheSameHoweverTheyArrive() =>
        Property.HoldsAsync(Gen.Select(Bodies, Gen.Int[1, 60].Array[0, 5]), 150, async one =>
        {
            var ((body, type), lengths) = one;
            var whole = await _server.PostAsync(Path, new ByteArrayContent(body), type);
            var pieces = await _server.PostAsync(Path, new SentPieces(body, lengths), type);
            Assert.That((pieces.Status, Encoding.UTF8.GetString(pieces.Body)), Is.EqualTo((whole.Status, Encoding.UTF8.GetString(whole.Body))));
        }, one => $"{one.Item1.Type}: {Edited.Show(one.Item1.Body)}");

    [Test]
    public Task ThatAreCompressedAreAnsweredOrExplained() =>
        Property.HoldsAsync(
            Gen.Select(Gen.OneOf("gzip", "br", "deflate"), Gen.OneOf(Json)).SelectMany(one => Edited.Of(Packed(one.Item2, one.Item1)).Select(packed => (one.Item1, packed))), 400,
            one => _server.PostAsync(Path, new ByteArrayContent(one.packed), "application/json", ("Content-Encoding", one.Item1)), one => $"{one.Item1}: {Edited.Show(one.packed)}");

    [Test]
    public Task PredictTheSameInEveryForm() =>
        Property.HoldsAsync(Gen.Select(SampleRows.Some, Gen.Int[0, 6], Gen.Int[0, int.MaxValue - 1]), 400, async one =>
        {
            var (rows, form, seed) = one;
            var (body, type) = Form(rows, form, seed);
            var answer = await _server.PostAsync(Path, new ByteArrayContent(body), type, ("Accept", "application/json"));

            Assert.That(answer.IsPrediction, Is.True, Encoding.UTF8.GetString(answer.Body));
            Assert.That(Predictions(answer), Is.EqualTo(rows.Select(row => row.Prediction)).Within(1e-6));
        }, one => Edited.Show(Form(one.Item1, one.Item2, one.Item3).Body));

    private static (byte[] Body, string Type) Form(SampleRow[] rows, int form, int seed)
    {
        string[] records = [.. rows.Select(row => JsonSerializer.Serialize(new Dictionary<string, object?> { ["Torque [Nm]"] = row.Torque, ["Wear, tool"] = row.Wear, ["Type"] = row.Type }))];
        return form switch
        {
            0 => (Rewritten($"[{string.Join(",", records)}]"), "application/json"),
            1 => (Rewritten($$"""{"instances":[{{string.Join(",", records)}}]}"""), "application/json"),
            2 => ([.. records.SelectMany(record => (byte[])[.. Rewritten(record), (byte)'\n'])], "application/jsonlines"),
            3 => (Rewritten(JsonSerializer.Serialize(new { dataframe_split = new { data = rows.Select(row => new object?[] { row.Type, row.Torque, row.Wear }), columns = new[] { "Type", "Torque [Nm]", "Wear, tool" } } })), "application/json"),
            4 => (Table(rows, ",", header: true), "text/csv"),
            5 => (Table(rows, "\t", header: true), "text/csv"),
            _ => (Table(rows, ";", header: false), "text/csv; header=absent"),
        };

        byte[] Rewritten(string json) => RewrittenJson.Of(Encoding.UTF8.GetBytes(json), seed);
    }

    private static byte[] Table(SampleRow[] rows, string delimiter, bool header) => Encoding.UTF8.GetBytes(
        (header ? $"Torque [Nm]{delimiter}\"Wear, tool\"{delimiter}Type\n" : "")
        + string.Concat(rows.Select(row => FormattableString.Invariant($"{row.Torque}{delimiter}{row.Wear}{delimiter}\"{row.Type.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"))));

    private static List<float> Predictions(ServerAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        return [.. json.RootElement.GetProperty("predictions").EnumerateArray().Select(row => row.GetProperty("probability").GetSingle())];
    }

    private static byte[] Packed(byte[] body, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding switch { "gzip" => new GZipStream(packed, CompressionLevel.Fastest, true), "br" => new BrotliStream(packed, CompressionLevel.Fastest, true), _ => new ZLibStream(packed, CompressionLevel.Fastest, true) })
            packer.Write(body);
        return packed.ToArray();
    }
}
