using System.Text;
using CsCheck;
using Slipway.Inference.Protocol;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Tests.Properties;

namespace Slipway.Inference.Tests.Properties;

public sealed class HeaderProperties
{
    private static readonly Gen<(string Name, string Value)> Headers = Gen.OneOf(
        Header("Content-Type", "application/json", "text/csv; header=absent", "application/jsonlines;charset=\"utf-8\"", "*/*", ""),
        Header("Accept", "application/json, text/csv;q=0.5", "*/*;q=0", "text/*", "application/jsonlines;q=1.0;x=\"y\""),
        Header("Content-Encoding", "gzip", "identity", "br", "deflate, gzip"),
        Header(BinaryTensors.HeaderLength, "96", "0", "2147483648", "-1", " 9"),
        Header("x-slipway-probe", "rollout", "golden"),
        Header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    private PropertyServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await PropertyServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public Task AreUnderstoodOrExplained() =>
        Property.HoldsAsync(Gen.Select(Gen.OneOf($"/v2/models/{ModelShop.Model}/infer", "/invocations"), Headers.Array[0, 3]), 600, async one =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, one.Item1) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Answers.Row)) };
            foreach (var (name, value) in one.Item2)
                if (!request.Headers.TryAddWithoutValidation(name, value))
                    request.Content.Headers.TryAddWithoutValidation(name, value);
            using var answer = await _server.Server.Client.SendAsync(request);
            await PropertyServer.Checked(answer);
        }, one => $"{one.Item1} {string.Join(", ", one.Item2)}");

    // what a client library lets through
    private static Gen<(string Name, string Value)> Header(string name, params string[] valid) =>
        Edited.Text(valid).Select(value => (name, new string([.. value.Where(character => character is >= ' ' and < '\x7f')])));
}
