using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Inference.Tests.Fixtures;

namespace Slipway.Inference.Tests.Generations;

public sealed class BackgroundWorkTests
{
    [Test]
    public async Task WhatItAwaitsContinuesOnItsThread()
    {
        var threads = await BackgroundWork.RunAsync("work", async () =>
        {
            var threads = new List<int> { Environment.CurrentManagedThreadId };
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Run(() => threads.Add(0));
            await InnerAsync();
            threads.Add(Environment.CurrentManagedThreadId);
            return threads;
        });

        Assert.That(threads.Distinct(), Is.EqualTo(new[] { threads[0], 0 }));
        Assert.That(threads[0], Is.Not.EqualTo(Environment.CurrentManagedThreadId));

        static async Task InnerAsync() => await Task.Yield();
    }

    [Test]
    public async Task ItsThreadEndsWithIt()
    {
        var thread = await BackgroundWork.RunAsync("work", () => Thread.CurrentThread);

        Assert.That(thread.Name, Is.EqualTo("work"));
        await Wait.ForAsync(() => !thread.IsAlive, "its thread ends");
    }

    [Test]
    public async Task WhatItStartedAndDidNotWaitForIsFinishedElsewhere()
    {
        var (go, left) = (new TaskCompletionSource(), default(Task<int>));
        var thread = await BackgroundWork.RunAsync("work", () =>
        {
            left = AfterAsync(go.Task);
            return Thread.CurrentThread;
        });
        await Wait.ForAsync(() => !thread.IsAlive, "its thread ends");

        go.SetResult();

        Assert.That(await left!, Is.Not.EqualTo(thread.ManagedThreadId));

        static async Task<int> AfterAsync(Task start)
        {
            await start;
            return Environment.CurrentManagedThreadId;
        }
    }

    [Test]
    public void AnErrorIsItsCallers()
    {
        Assert.That(() => BackgroundWork.RunAsync("work", int () => throw new InvalidDataException("damaged")), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => BackgroundWork.RunAsync("work", async Task<int> () =>
        {
            await Task.Yield();
            throw new InvalidDataException("damaged");
        }), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    [Platform("Linux")]
    public async Task ItsThreadAloneGivesWayToOthers()
    {
        var own = Niceness.OfThisThread();

        Assert.That(await BackgroundWork.RunAsync("work", Niceness.OfThisThread), Is.EqualTo(Math.Min(19, own + 10)));
        Assert.That(Niceness.OfThisThread(), Is.EqualTo(own));
    }
}

/// <summary>How far a thread gives way to others: the nice value of Linux.</summary>
internal static class Niceness
{
    public static int OfThisThread()
    {
        // the name of the thread, in brackets, may contain spaces; the values after it begin with the third
        var values = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(values[(values.LastIndexOf(')') + 2)..].Split(' ')[19 - 3], CultureInfo.InvariantCulture);
    }
}
