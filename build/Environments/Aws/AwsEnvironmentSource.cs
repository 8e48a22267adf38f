using System.Net.Sockets;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Slipway.Automation;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Reads what Terraform built for an environment.</summary>
public sealed class AwsEnvironmentSource(IAmazonSimpleSystemsManagement parameters, AwsSettings settings)
{
    /// <exception cref="SlipwayException">AWS cannot be asked, or the environment has not been built there.</exception>
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
                $"The environment '{name}' has not been built in {Where}: there is no parameter '{parameter}'. If it has been, the region in cake.config or the account is another; else: ./build.sh --target=ApplyInfra --environment={name}", e);
        }
        catch (SlipwayException e) when (settings.Endpoint is { } endpoint && IsNobodyThere(e))
        {
            throw new SlipwayException($"Nobody answers at {endpoint}, where '{name}' is to be. Start the emulator there: python3 tests/Aws/Emulator --port={endpoint.Port}", e);
        }
    }

    private static bool IsNobodyThere(Exception? e) => e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } || (e is not null && IsNobodyThere(e.InnerException));

    private string Where => settings.Endpoint is { } endpoint ? $"the emulator at {endpoint}" : settings.Region;
}
