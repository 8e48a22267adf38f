using System.Security.Cryptography;
using Amazon.Runtime;

namespace Slipway.Registry.Storage.S3;

/// <summary>Retries, with increasing delays, if S3 could not decide a conditional write because of a concurrent one.</summary>
internal sealed class ConflictRetry(TimeProvider time)
{
    public const int Tries = 6;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    public async Task<T> RunAsync<T>(Func<Task<T>> write, CancellationToken cancellation)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await write();
            }
            catch (AmazonServiceException e) when (S3Responses.IsConflict(e) && tried < Tries)
            {
                await Task.Delay(Pause(tried), time, cancellation);
            }
        }
    }

    // between half and all of it, so that writers that collided do not collide again
    private static TimeSpan Pause(int tried) => First * (1 << (tried - 1)) * (RandomNumberGenerator.GetInt32(50, 101) / 100.0);
}
