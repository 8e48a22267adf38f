using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry.Predictions;
using Slipway.Soak.Load;

namespace Slipway.Build.Tests.Soaking;

public sealed class OpenLoadTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(300);

    private WebApplication _gateway = null!;
    private Uri _url = null!;
    private int _status = StatusCodes.Status200OK;

    [OneTimeSetUp]
    public async Task StartGateway()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _gateway = builder.Build();
        _gateway.Run(context =>
        {
            context.Response.StatusCode = _status;
            context.Response.Headers[SlipwayHeaders.ModelVersion] = "7";
            return context.Response.WriteAsync("{}");
        });
        await _gateway.StartAsync();
        _url = new(_gateway.Urls.First());
    }

    [OneTimeTearDown]
    public ValueTask StopGateway() => _gateway.DisposeAsync();

    [SetUp]
    public void Answer() => _status = StatusCodes.Status200OK;

    [Test]
    public async Task CountsEveryRequestByTheVersionThatAnsweredIt()
    {
        var figures = await RunAsync([_url], attempts: 1);

        Assert.That(figures.Sent, Is.Positive);
        Assert.That((figures.Lost, figures.Of("7"), figures.Of("8")), Is.EqualTo((0, figures.Sent, 0)));
        Assert.That(figures.Percentile(0.5), Is.Positive);
    }

    [Test]
    public async Task ARefusedConnectionIsTriedOnTheOtherGateway()
    {
        var figures = await RunAsync([new($"http://127.0.0.1:{Ports.Free()}"), _url], attempts: 2);

        Assert.That((figures.Lost, figures.Reset), Is.EqualTo((0, 0)), figures.FirstLoss);
        Assert.That(figures.Refused, Is.Positive);
    }

    [Test]
    public async Task WithoutASecondAttemptItIsLost()
    {
        var figures = await RunAsync([new($"http://127.0.0.1:{Ports.Free()}"), _url], attempts: 1);

        Assert.That(figures.Lost, Is.Positive.And.LessThan(figures.Sent));
        Assert.That(figures.FirstLoss, Is.Not.Empty);
    }

    [Test]
    public async Task AnyOtherResponseThan200IsLostAndNotTriedAgain()
    {
        _status = StatusCodes.Status503ServiceUnavailable;
        var figures = await RunAsync([_url], attempts: 2);

        Assert.That((figures.Lost, figures.Refused + figures.Reset), Is.EqualTo((figures.Sent, 0)));
        Assert.That(figures.FirstLoss, Does.StartWith("503"));
    }

    [Test]
    public void AWindowsBoundsAreOnTheRatios()
    {
        Assert.That(new LatencyComparison((10, 20), (12, 40)).Broken(), Is.Null);
        Assert.That(new LatencyComparison((10, 20), (12.1, 40)).Broken(), Does.Contain("1.21 times"));
        Assert.That(new LatencyComparison((10, 20), (10, 41)).Broken(), Does.Contain("2.05 times"));
    }

    [Test]
    public void WindowsAddUp()
    {
        var time = new FakeTimeProvider();
        LoadFigures[] windows = [new(time), new(time)];
        var due = time.GetTimestamp();
        windows[0].Answered(due, "1");
        time.Advance(TimeSpan.FromMilliseconds(100));
        windows[1].Answered(due, "1");
        windows[1].Failed("503");
        windows[1].Again(wasRefused: true);
        var sum = LoadFigures.Sum(windows, time);

        Assert.That((sum.Sent, sum.Lost, sum.Refused, sum.Reset, sum.FirstLoss), Is.EqualTo((3, 1, 1, 0, "503")));
        Assert.That(sum.Percentile(1), Is.EqualTo(100).Within(2));
    }

    private async Task<LoadFigures> RunAsync(IReadOnlyList<Uri> gateways, int attempts)
    {
        using var load = new OpenLoad(new(gateways, "/invocations", "{}", PerSecond: 100, attempts), TimeProvider.System);
        return await load.RunAsync(Window, CancellationToken.None);
    }
}
