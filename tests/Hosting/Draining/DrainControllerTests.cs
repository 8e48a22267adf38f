using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Slipway.Hosting.Draining;

namespace Slipway.Hosting.Tests.Draining;

public sealed class DrainControllerTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(3);

    private FakeTimeProvider _time = null!;
    private TaskCompletionSource _left = null!;
    private ServiceProvider _services = null!;
    private int _leaving;

    private DrainState State => _services.GetRequiredService<DrainState>();

    private IHostedLifecycleService Controller => (IHostedLifecycleService)_services.GetServices<IHostedService>().Single();

    [SetUp]
    public void SetUp()
    {
        (_time, _left, _leaving) = (new(), new(), 0);
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(_time);
        DrainController.AddTo(services, Delay, finish: TimeSpan.FromSeconds(20), (_, _) =>
        {
            _leaving++;
            return _left.Task;
        });
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public void TearDown() => _services.Dispose();

    [Test]
    public async Task SaysAtOnceThatItDrainsAndWaitsForTheDelay()
    {
        Assert.That(State.IsDraining, Is.False);
        _left.SetResult();

        var stopping = Controller.StoppingAsync(CancellationToken.None);

        Assert.That((State.IsDraining, _leaving, stopping.IsCompleted), Is.EqualTo((true, 1, false)));
        _time.Advance(Delay);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    [Test]
    public async Task LeavesWhileTheDelayRuns()
    {
        var stopping = Controller.StoppingAsync(CancellationToken.None);
        _time.Advance(Delay);
        Assert.That(stopping.IsCompleted, Is.False, "what leaving means is not done yet");

        _left.SetResult();

        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    [Test]
    public void TheHostWaitsForTheDelayAndForWhatIsInFlight() =>
        Assert.That(_services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(23)));
}
