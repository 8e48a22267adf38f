namespace Slipway.Build;

public sealed class AwsEnvironment
{
    public static Task<SlipwayEnvironment> OpenAsync(string name, AwsSettings settings, LocalFolders folders, TimeProvider time, CancellationToken cancellation) => throw new NotImplementedException();
}
