using Microsoft.AspNetCore.Http;

namespace Slipway.Gateway.Tests;

public class RequestBufferTests
{
    private static async Task<RequestBuffer?> ReadAsync(byte[] body, int limit) =>
        await RequestBuffer.ReadAsync(new DefaultHttpContext { Request = { Body = new MemoryStream(body) } }.Request, limit, default);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    public async Task HoldsABodyUpToItsLimit(int length) => Assert.That((await ReadAsync(new byte[length], 10))!.Bytes.Length, Is.EqualTo(length));

    [Test]
    public async Task LeavesALongerBodyToBeReadByOthers()
    {
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream("0123456789"u8.ToArray()) } };
        Assert.That(await RequestBuffer.ReadAsync(context.Request, 9, default), Is.Null);
        var read = await context.Request.BodyReader.ReadAtLeastAsync(10);
        Assert.That(read.Buffer.Length, Is.EqualTo(10));
    }

    [Test]
    public async Task CannotBeSentOnceItWasGivenAway()
    {
        var buffer = (await ReadAsync(new byte[5], 10))!;
        buffer.Dispose();
        Assert.That(() => new BufferedContent(buffer).CopyToAsync(Stream.Null), Throws.InstanceOf<Exception>());
    }
}
