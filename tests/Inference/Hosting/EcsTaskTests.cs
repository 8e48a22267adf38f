using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Slipway.Inference.Hosting;
using Slipway.Inference.Options;
using Slipway.Registry;

namespace Slipway.Inference.Tests.Hosting;

public sealed class EcsTaskTests
{
    private const string Container =
        """{"DockerId":"cd18","Networks":[{"NetworkMode":"awsvpc","IPv4Addresses":["10.0.2.106"],"IPv4SubnetCIDRBlock":"10.0.2.0/24"}]}""";
    private const string Task = """{"Cluster":"default","TaskARN":"arn:aws:ecs:us-east-1:123456789012:task/default/158d1c8083dd49d6b527399fd6414f5c"}""";

    private static readonly EcsTask Known = new("158d1c8083dd49d6b527399fd6414f5c", IPAddress.Parse("10.0.2.106"));

    [Test]
    public async Task ReadsWhoItIs()
    {
        await using var metadata = await Metadata.StartAsync(_ => Container, Task);

        Assert.That(await ReadAsync(metadata), Is.EqualTo(Known));
    }

    [Test]
    public async Task AsksAgainWhereTheEndpointIsNotReadyYet()
    {
        await using var metadata = await Metadata.StartAsync(asked => asked == 1 ? null : Container, Task);

        Assert.That(await ReadAsync(metadata), Is.EqualTo(Known));
    }

    [TestCase(null)]
    [TestCase("not JSON")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("""{"Networks":[]}""")]
    [TestCase("""{"Networks":[{"IPv4Addresses":["here"]}]}""")]
    public async Task SaysWhatToSetWhereItDoesNotTell(string? answer)
    {
        await using var metadata = await Metadata.StartAsync(_ => answer, Task);

        Assert.That(() => ReadAsync(metadata), Throws.InstanceOf<SlipwayException>().With.Message.Contains("Set SLIPWAY_Address and SLIPWAY_Replica"));
        Assert.That(metadata.Asked, Is.EqualTo(3));
    }

    [Test]
    public async Task DoesNotWaitForEver()
    {
        await using var metadata = await Metadata.StartAsync(_ => Container, Task, hang: true);

        Assert.That(() => ReadAsync(metadata), Throws.InstanceOf<SlipwayException>().With.Message.Contains(EcsTask.Variable));
    }

    [Test]
    public void NamesTheServerAfterItsTask()
    {
        var options = Read(Known, "--Url=http://0.0.0.0:8080", "--Color=green");

        Assert.That((options.Replica, options.Address), Is.EqualTo(("green-d6414f5c", "http://10.0.2.106:8080")));
    }

    [TestCase("--Url=http://0.0.0.0:8080", "http://10.0.2.106:8080")]
    [TestCase("--Url=http://*:80", "http://10.0.2.106:80")]
    [TestCase("--Url=http://[::]:80", "http://10.0.2.106:80")]
    [TestCase("--Url=http://127.0.0.1:8080", null)]
    [TestCase("--Url=http://0.0.0.0:0", null)]
    public void TakesTheAddressOfItsTaskOnlyWhereItListensOnAll(string url, string? expected) => Assert.That(Read(Known, url).Address, Is.EqualTo(expected));

    [Test]
    public void PrefersWhatItWasTold()
    {
        string[] told = ["--Url=http://0.0.0.0:8080", "--Address=http://10.9.9.9:80", "--Replica=blue-1"];

        Assert.That((Read(Known, told).Replica, Read(Known, told).Address), Is.EqualTo(("blue-1", "http://10.9.9.9:80")));
        Assert.That(InferenceOptionsReader.LeavesOpenWhoItIs(Configuration(told)), Is.False);
        Assert.That(InferenceOptionsReader.LeavesOpenWhoItIs(Configuration("--Replica=blue-1", "--Url=http://0.0.0.0:8080")), Is.True);
        Assert.That(InferenceOptionsReader.LeavesOpenWhoItIs(Configuration("--Address=http://10.9.9.9:80")), Is.True);
    }

    private static Task<EcsTask> ReadAsync(Metadata metadata) => EcsTask.ReadAsync(metadata.Endpoint, TimeProvider.System, CancellationToken.None);

    private static InferenceOptions Read(EcsTask task, params string[] arguments)
    {
        string[] all = ["--Store=/tmp/store", "--KeyFile=/tmp/key", "--Signatures=off", .. arguments];
        return InferenceOptionsReader.Read(Configuration(all), all, task);
    }

    private static IConfiguration Configuration(params string[] arguments) => new ConfigurationBuilder().AddCommandLine(arguments).Build();

    /// <summary>The endpoint, on loopback.</summary>
    private sealed class Metadata(WebApplication app) : IAsyncDisposable
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);
        public string Endpoint => $"{app.Urls.Single()}/v4/abc";

        /// <param name="container">Its n-th response about the container, counted from 1; null is an error.</param>
        public static async Task<Metadata> StartAsync(Func<int, string?> container, string task, bool hang = false)
        {
            var app = WebApplication.CreateSlimBuilder().Build();
            app.Urls.Add("http://127.0.0.1:0");
            var metadata = new Metadata(app);
            app.MapGet("/v4/abc", async (HttpContext context) =>
            {
                if (hang)
                    await System.Threading.Tasks.Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                return container(Interlocked.Increment(ref metadata._asked)) is { } said ? Results.Text(said, "application/json", Encoding.UTF8) : Results.StatusCode(500);
            });
            app.MapGet("/v4/abc/task", () => Results.Text(task, "application/json", Encoding.UTF8));
            await app.StartAsync();
            return metadata;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
