namespace Slipway.Registry.Storage.S3;

/// <summary>What is being asked of a bucket, for the words of an error.</summary>
/// <param name="Action">The right that it takes, such as <c>s3:GetObject</c>.</param>
/// <param name="Key">Or prefix.</param>
internal sealed record S3Call(string Bucket, string Action, string Key)
{
    public async Task<T> GuardAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (S3Answers.IsFailure(e, cancellation))
        {
            throw Describe(e);
        }
    }

    public SlipwayException Describe(Exception e) => S3Errors.Describe(this, e);
}
