using Microsoft.Extensions.Time.Testing;
using Slipway.Inference.Generations;

namespace Slipway.Inference.Tests.Generations;

public sealed class LateWorkTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _work = new();

    [Test]
    public void WaitsForNothingWhereNothingIsLate() => Assert.That(new LateWork(_time).EndAsync().IsCompletedSuccessfully);

    [Test]
    public async Task WaitsUntilTheWorkHasEndedWhicheverWay()
    {
        var late = new LateWork(_time);
        late.Add(_work.Task);
        var ending = late.EndAsync();
        Assert.That(ending.IsCompleted, Is.False);

        _work.SetException(new IOException("The connection was reset by a test."));
        await ending;
    }

    [Test]
    public async Task DoesNotWaitForEver()
    {
        var late = new LateWork(_time);
        late.Add(_work.Task);
        var ending = late.EndAsync();

        _time.Advance(LateWork.Timeout);

        await ending;
    }
}
