namespace Slipway.Registry.Storage.S3;

/// <summary>A request to a bucket, for error messages.</summary>
/// <param name="Action">The permission that it needs, such as <c>s3:GetObject</c>.</param>
/// <param name="Key">Or prefix.</param>
internal sealed record S3Call(string Bucket, string Action, string Key)
{
    public async Task<T> GuardAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (S3Responses.IsFailure(e, cancellation))
        {
            throw Describe(e);
        }
    }

    public SlipwayException Describe(Exception e) => S3Errors.Describe(this, e);
}
