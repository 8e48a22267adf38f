using System.Text;
using Slipway.Benchmarks.Load;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class AnswerReaderTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx-slipway-model-version: 2\r\n\r\nhello";
    private const string Chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0a;note=1\r\n0123456789\r\n0\r\n\r\n";
    private const string Refused = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [Test]
    public void ReadsOneAnswerAfterTheOther([Values(1, 2, 7, 10_000)] int bytesAtATime)
    {
        var reader = Of(Ok + Chunked + Ok + Refused, bytesAtATime);

        reader.Next();
        Assert.That(reader.Status, Is.EqualTo(200));
        Assert.That(Encoding.ASCII.GetString(reader.Header("x-slipway-model-version"u8)), Is.EqualTo("2"));
        Assert.That(reader.Closes, Is.False);
        reader.Next();
        Assert.That(reader.Status, Is.EqualTo(200));
        Assert.That(reader.Header("x-slipway-model-version"u8).IsEmpty, "not that of the previous response");
        reader.Next();
        reader.Next();
        Assert.That(reader.Status, Is.EqualTo(503));
        Assert.That(reader.Closes, Is.True);
    }

    [Test]
    public void GoesOnBehindABodyThatIsLargerThanItsBuffer()
    {
        var reader = Of($"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n{new string('x', 200_000)}{Refused}", 60_000);

        reader.Next();
        reader.Next();

        Assert.That(reader.Status, Is.EqualTo(503));
    }

    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "reset")]
    [TestCase("HTTP/1.1 200 OK\r\n\r\nhello", "no length")]
    [TestCase("ICY 200 OK\r\n\r\n", "not HTTP/1.1")]
    [TestCase("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhello\r\n", "chunk")]
    public void TakesHalfAnAnswerForNone(string answer, string problem) =>
        Assert.That(() => Of(answer, 10).Next(), Throws.Exception.With.Message.Contains(problem));

    private static AnswerReader Of(string answers, int bytesAtATime)
    {
        var stream = new MemoryStream(Encoding.ASCII.GetBytes(answers));
        return new(memory => stream.Read(memory.Span[..Math.Min(bytesAtATime, memory.Length)]));
    }
}
