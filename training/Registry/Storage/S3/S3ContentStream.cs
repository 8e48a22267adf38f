using Amazon.Runtime;

namespace Slipway.Registry.Storage.S3;

/// <summary>
/// The body of a response. The SDK verifies its checksum at the end; this class adds what it does not do: give up on a body that stalls,
/// and describe the failure.
/// </summary>
internal sealed class S3ContentStream(Stream body, IDisposable answer, S3Call call, TimeProvider time) : Stream
{
    // the same as for the start of a response
    private static readonly TimeSpan Timeout = S3Client.AnswerTimeout;

    private bool _failed;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = new Deadline(Timeout, time, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, deadline.Token);
        }
        catch (Exception e) when (S3Responses.IsFailure(e, cancellationToken))
        {
            throw Failed(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return body.Read(buffer, offset, count);
        }
        catch (Exception e) when (S3Responses.IsFailure(e, CancellationToken.None))
        {
            throw Failed(e);
        }
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
                answer.Dispose();
        }
        catch (AmazonClientException e)
        {
            // the SDK also compares the checksum here, if a body was read to its last byte but not to its end
            if (!_failed)
                throw Failed(e);
        }

        base.Dispose(disposing);
    }

    private SlipwayException Failed(Exception e)
    {
        _failed = true;
        return call.Describe(e);
    }
}
