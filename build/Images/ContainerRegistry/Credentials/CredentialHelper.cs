using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>The programs <c>docker-credential-*</c>, in which the Docker client stores logins: they read a host name and print the login.</summary>
public sealed partial class CredentialHelper(TimeProvider time)
{
    private const int MaxAnswerLength = 64 * 1024;
    private const int MaxShown = 300;

    /// <summary>The timeout of a helper.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <param name="name">The suffix of <c>docker-credential-</c>.</param>
    /// <returns>Null if it has none for the host.</returns>
    /// <exception cref="SlipwayException">It cannot be started, or its output is not valid.</exception>
    public async Task<RegistryCredentials?> GetAsync(string name, RegistryHost host, CancellationToken cancellation)
    {
        var program = $"docker-credential-{name}";
        if (!Name().IsMatch(name))
            throw new SlipwayException($"The Docker client's configuration names '{program}' for {host}, which is not a valid program name.");

        var (code, said) = await RunAsync(program, host, cancellation);
        if (code != 0)
            return said.Contains("not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw new SlipwayException($"{program} has no login to {host}: {(said.Length > MaxShown ? said[..MaxShown] : said).Trim()} Log in with docker login {host}, or export {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}.");
        try
        {
            return JsonSerializer.Deserialize(said, HelperJson.Default.HelperResponse) is { Username: { Length: > 0 } user, Secret: { Length: > 0 } secret }
                ? new(user, secret, program)
                : null;
        }
        catch (JsonException)
        {
            // its output may contain a secret, so it is not shown
            throw new SlipwayException($"{program} did not return a login for {host}. Log in again: docker login {host}");
        }
    }

    private async Task<(int Code, string Said)> RunAsync(string program, RegistryHost host, CancellationToken cancellation)
    {
        using var deadline = new Deadline(Timeout, time, cancellation);
        using var process = new Process { StartInfo = new(program, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
            // read and discarded, so that the process cannot block on it
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, deadline.Token);
            await SendAsync(process.StandardInput, host, deadline.Token);
            var said = await AnswerAsync(process, deadline.Token);
            if (said.Length == MaxAnswerLength)
                process.Kill(entireProcessTree: true); // it would wait forever until the rest is read
            await process.WaitForExitAsync(deadline.Token);
            await errors;
            return (said.Length == MaxAnswerLength ? 0 : process.ExitCode, said);
        }
        catch (Win32Exception e)
        {
            throw new SlipwayException($"The Docker client's login to {host} is in {program}, which cannot be started: {e.Message} Install it, or export {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}.", e);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            if (cancellation.IsCancellationRequested)
                throw;
            throw new SlipwayException($"{program} did not return a login for {host} within {Timeout.TotalSeconds:0} s. It may be waiting for input; try docker login {host}.", e);
        }
    }

    private static async Task SendAsync(StreamWriter input, RegistryHost host, CancellationToken cancellation)
    {
        try
        {
            await input.WriteAsync(host.Name.AsMemory(), cancellation);
            input.Close();
        }
        catch (IOException)
        {
            // it exited without reading its input; its exit code and output say why
        }
    }

    private static async Task<string> AnswerAsync(Process process, CancellationToken cancellation)
    {
        var answer = new char[MaxAnswerLength];
        var length = await process.StandardOutput.ReadBlockAsync(answer, cancellation);
        return new(answer, 0, length);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex Name();
}

/// <summary>The output of a credential helper.</summary>
public sealed record HelperResponse([property: JsonPropertyName("Username")] string? Username, [property: JsonPropertyName("Secret")] string? Secret);

[JsonSerializable(typeof(HelperResponse))]
public sealed partial class HelperJson : JsonSerializerContext;
