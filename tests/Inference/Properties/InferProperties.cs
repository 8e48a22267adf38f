using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Slipway.Inference.Protocol;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Tests.Properties;

namespace Slipway.Inference.Tests.Properties;

public sealed class InferProperties
{
    private const string Path = $"/v2/models/{ModelShop.Model}/infer";

    private static readonly byte[][] Valid =
    [
        Encoding.UTF8.GetBytes(Answers.Row),
        """{"id":"a","outputs":[{"name":"label"},{"name":"probability","parameters":{"binary_data":false}}],"inputs":[{"name":"features","shape":[2,5],"datatype":"FP64","data":[[42.5,10,0,1,0],[20,1e2,0,0,1]]}]}"""u8.ToArray(),
        """{"inputs":[{"name":"Torque [Nm]","shape":[2],"datatype":"FP32","data":[42.5,null]},{"name":"Wear, tool","shape":[2,1],"datatype":"INT16","data":[[10],[7]]},{"name":"Type","shape":[2],"datatype":"BYTES","data":["M","L"]}],"parameters":{"x":1}}"""u8.ToArray(),
    ];

    private static readonly byte[] BinaryHead =
        """{"outputs":[{"name":"probability","parameters":{"binary_data":true}}],"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP16","parameters":{"binary_data_size":2}},{"name":"Wear, tool","shape":[1],"datatype":"UINT32","parameters":{"binary_data_size":4}},{"name":"Type","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":5}}]}"""u8.ToArray();

    private static readonly byte[] BinaryTail = [0x50, 0x51, 10, 0, 0, 0, 1, 0, 0, 0, (byte)'M'];

    private PropertyServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await PropertyServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public Task IsAnsweredOrExplained() =>
        Property.HoldsAsync(EditedJson.Of(Valid), 700, body => _server.PostAsync(Path, new ByteArrayContent(body), "application/json"), Edited.Show);

    [Test]
    public Task IsAnsweredOrExplainedWithBinaryTensors() =>
        Property.HoldsAsync(
            Gen.Select(EditedJson.Of(BinaryHead), Edited.Of(BinaryTail, []), Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[-12, 12]))), 500,
            one => _server.PostAsync(
                Path, new ByteArrayContent([.. one.Item1, .. one.Item2]), "application/octet-stream",
                (BinaryTensors.HeaderLength, (one.Item1.Length + one.Item3).ToString(CultureInfo.InvariantCulture))),
            one => $"{Edited.Show(one.Item1)} {Edited.Show(one.Item2)} {one.Item3}");

    [Test]
    public Task IsTheSameHoweverItArrives() =>
        Property.HoldsAsync(Gen.Select(EditedJson.Of(Valid), Gen.Int[1, 120].Array[0, 6]), 150, async one =>
        {
            var whole = await _server.PostAsync(Path, new ByteArrayContent(one.Item1), "application/json");
            var pieces = await _server.PostAsync(Path, new SentPieces(one.Item1, one.Item2), "application/json");
            Assert.That((pieces.Status, Encoding.UTF8.GetString(pieces.Body)), Is.EqualTo((whole.Status, Encoding.UTF8.GetString(whole.Body))));
        }, one => Edited.Show(one.Item1));

    [Test]
    public Task PredictsTheSameInEveryNotation() =>
        Property.HoldsAsync(Gen.Select(SampleRows.Some, Gen.Int[0, 5], Gen.Int[0, int.MaxValue - 1]), 400, async one =>
        {
            var (rows, notation, seed) = one;
            var (body, length) = Notation(rows, notation, seed);
            (string, string)[] headers = length is { } json ? [(BinaryTensors.HeaderLength, json.ToString(CultureInfo.InvariantCulture))] : [];
            var answer = await _server.PostAsync(Path, new ByteArrayContent(body), length is null ? "application/json" : "application/octet-stream", headers);

            Assert.That(answer.IsPrediction, Is.True, Encoding.UTF8.GetString(answer.Body));
            using var outputs = JsonDocument.Parse(answer.Body);
            Assert.That(outputs.RootElement.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(value => value.GetSingle()),
                Is.EqualTo(rows.Select(row => row.Prediction)).Within(1e-6));
        }, one => $"{string.Join(", ", one.Item1)} as {Edited.Show(Notation(one.Item1, one.Item2, one.Item3).Body)}");

    // features flat, nested and in binary; columns, and columns in binary
    private static (byte[] Body, int? JsonLength) Notation(SampleRow[] rows, int notation, int seed)
    {
        var features = rows.Select(row => $"[{string.Join(",", row.Features.Select(Text))}]");
        var flat = string.Join(",", rows.SelectMany(row => row.Features).Select(Text));
        return notation switch
        {
            0 => Json($$"""{"inputs":[{"name":"features","shape":[{{rows.Length}},5],"datatype":"FP32","data":[{{flat}}]}]}"""),
            1 => Json($$"""{"inputs":[{"name":"features","shape":[{{rows.Length}},5],"datatype":"FP64","data":[{{string.Join(",", features)}}]}]}"""),
            2 => Binary($$"""{"inputs":[{"name":"features","shape":[{{rows.Length}},5],"datatype":"FP32","parameters":{"binary_data_size":{{rows.Length * 20}} } }]}""",
                [.. rows.SelectMany(row => row.Features).SelectMany(BitConverter.GetBytes)]),
            3 => Json($$"""{"inputs":[{{string.Join(",", Columns(rows))}}]}"""),
            4 => Json($$"""{"inputs":[{{string.Join(",", Columns(rows).Reverse())}}]}"""),
            _ => Binary(
                $$"""{"inputs":[{"name":"Wear, tool","shape":[{{rows.Length}}],"datatype":"FP32","parameters":{"binary_data_size":{{rows.Length * 4}} } },{"name":"Type","shape":[{{rows.Length}}],"datatype":"BYTES","parameters":{"binary_data_size":{{rows.Sum(row => Encoding.UTF8.GetByteCount(row.Type) + 4)}} } },{{Columns(rows).First()}}]}""",
                [.. rows.SelectMany(row => BitConverter.GetBytes(row.Wear ?? float.NaN)), .. rows.SelectMany(row => (byte[])[.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(row.Type)), .. Encoding.UTF8.GetBytes(row.Type)])]),
        };

        (byte[], int?) Json(string json) => (RewrittenJson.Of(Encoding.UTF8.GetBytes(json), seed), null);

        (byte[], int?) Binary(string json, byte[] tensors) => RewrittenJson.Of(Encoding.UTF8.GetBytes(json), seed) is var head ? ([.. head, .. tensors], head.Length) : default;
    }

    private static IEnumerable<string> Columns(SampleRow[] rows) =>
    [
        $$"""{"name":"Torque [Nm]","shape":[{{rows.Length}}],"datatype":"FP32","data":[{{string.Join(",", rows.Select(row => row.Torque is { } torque ? Text(torque) : "null"))}}]}""",
        $$"""{"name":"Wear, tool","shape":[{{rows.Length}},1],"datatype":"FP32","data":[{{string.Join(",", rows.Select(row => $"[{(row.Wear is { } wear ? Text(wear) : "null")}]"))}}]}""",
        $$"""{"name":"Type","shape":[{{rows.Length}}],"datatype":"BYTES","data":[{{string.Join(",", rows.Select(row => JsonSerializer.Serialize(row.Type)))}}]}""",
    ];

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
