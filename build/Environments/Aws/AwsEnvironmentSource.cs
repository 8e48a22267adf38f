using System.Net.Sockets;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Slipway.Automation.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Environments.Aws;

/// <summary>Reads Terraform's description of an environment.</summary>
public sealed class AwsEnvironmentSource(IAmazonSimpleSystemsManagement parameters, AwsSettings settings)
{
    /// <exception cref="SlipwayException">AWS cannot be reached, or the environment has not been created there.</exception>
    public async Task<AwsEnvironmentRecord> ReadAsync(string name, CancellationToken cancellation)
    {
        var parameter = AwsEnvironmentRecord.Parameter(name);
        try
        {
            var found = await AwsErrors.GuardAsync("ssm:GetParameter", $"read the description of '{name}' in {Where}", () => parameters.GetParameterAsync(new() { Name = parameter }, cancellation));
            return AwsEnvironmentRecord.Parse(found.Parameter.Value, $"The parameter '{parameter}'", name);
        }
        catch (SlipwayException e) when (e.InnerException is ParameterNotFoundException)
        {
            throw new NotBuiltException(
                $"The environment '{name}' has not been built in {Where}: there is no parameter '{parameter}'. If it has, the region in cake.config or the account is wrong; otherwise create it: ./build.sh --target=ApplyInfra --environment={name}", e);
        }
        catch (SlipwayException e) when (settings.Endpoint is { } endpoint && IsNobodyThere(e))
        {
            throw new SlipwayException($"Nothing is listening at {endpoint}, the endpoint of '{name}'. Start the emulator there: python3 tests/Aws/Emulator --port={endpoint.Port}", e);
        }
    }

    private static bool IsNobodyThere(Exception? e) => e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } || (e is not null && IsNobodyThere(e.InnerException));

    private string Where => settings.Endpoint is { } endpoint ? $"the emulator at {endpoint}" : settings.Region;
}
