using System.IO.Pipes;
using Slipway.Benchmarks;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class InputEndTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Test]
    public async Task IsReachedWhenTheOtherEndCloses()
    {
        await using var other = new AnonymousPipeServerStream(PipeDirection.Out);
        await using var input = new AnonymousPipeClientStream(PipeDirection.In, other.ClientSafePipeHandle);
        using var end = new InputEnd(input);

        await other.WriteAsync("whatever comes before\n"u8.ToArray());
        Assert.That(end.Token.IsCancellationRequested, Is.False);
        await other.DisposeAsync();

        await ReachedAsync(end);
    }

    [Test]
    public async Task IsReachedWhenTheInputBreaks()
    {
        using var end = new InputEnd(new BrokenStream());

        await ReachedAsync(end);
    }

    private static async Task ReachedAsync(InputEnd end)
    {
        var reached = new TaskCompletionSource();
        await using var registration = end.Token.Register(reached.SetResult);
        await reached.Task.WaitAsync(Timeout, TimeProvider.System);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("Input/output error");
    }
}
