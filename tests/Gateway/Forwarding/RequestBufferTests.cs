using Microsoft.AspNetCore.Http;
using Slipway.Gateway.Forwarding;

namespace Slipway.Gateway.Tests.Forwarding;

public class RequestBufferTests
{
    private static async Task<RequestBuffer?> ReadAsync(byte[] body, int limit) =>
        await RequestBuffer.ReadAsync(new DefaultHttpContext { Request = { Body = new MemoryStream(body) } }.Request, limit, Budget(100).Open("a"), default);

    private static MemoryBudget Budget(int bytes) => new(new() { Store = "", MaxBufferedBytes = bytes, RetryBufferBytes = 10 });

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    public async Task HoldsABodyUpToItsLimit(int length) => Assert.That((await ReadAsync(new byte[length], 10))!.Bytes.Length, Is.EqualTo(length));

    [Test]
    public async Task LeavesALongerBodyToBeReadByOthers()
    {
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream("0123456789"u8.ToArray()) } };
        Assert.That(await RequestBuffer.ReadAsync(context.Request, 9, Budget(100).Open("a"), default), Is.Null);
        var read = await context.Request.BodyReader.ReadAtLeastAsync(10);
        Assert.That(read.Buffer.Length, Is.EqualTo(10));
    }

    [TestCase(4, 4)]
    [TestCase(40, 10, Description = "of a body that passes through, no more than the limit is on the way")]
    public async Task HoldsOfTheBudgetWhatItTakesAndGivesItBack(int length, int expected)
    {
        var budget = Budget(100);
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]) } };
        var hold = budget.Open("a");
        using var buffer = await RequestBuffer.ReadAsync(context.Request, 10, hold, default);
        Assert.That(budget.Held, Is.EqualTo(expected));
        hold.Dispose();
        hold.Dispose();
        Assert.That(budget.Held, Is.Zero);
    }

    [TestCase(8, null)]
    [TestCase(40, null)]
    [TestCase(40, 40)]
    public async Task TakesNothingThatTheBudgetDoesNotHave(int length, int? told)
    {
        var budget = Budget(12);
        using var other = budget.Open("b");
        Assert.That(other.TryGrowTo(5), Is.True);
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]), ContentLength = told } };
        using var hold = budget.Open("a");
        Assert.That(await RequestBuffer.ReadAsync(context.Request, 10, hold, default), Is.Null);
        Assert.That((hold.WasRefused, budget.Held), Is.EqualTo((true, 5)));
    }

    [Test]
    public async Task CannotBeSentOnceItWasGivenAway()
    {
        var buffer = (await ReadAsync(new byte[5], 10))!;
        buffer.Dispose();
        Assert.That(() => new BufferedContent(buffer).CopyToAsync(Stream.Null), Throws.InstanceOf<Exception>());
    }
}
