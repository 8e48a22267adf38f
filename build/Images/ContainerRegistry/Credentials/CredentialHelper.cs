using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry;

namespace Slipway.Build.Images.ContainerRegistry.Credentials;

/// <summary>The programs <c>docker-credential-*</c>, in which the docker client keeps logins: they read a host and print what they know of it.</summary>
public sealed partial class CredentialHelper(TimeProvider time)
{
    private const int MostAnswer = 64 * 1024;
    private const int MostShown = 300;

    /// <summary>Until one has answered.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <param name="name">What follows <c>docker-credential-</c>.</param>
    /// <returns>Null when it knows no such host.</returns>
    /// <exception cref="SlipwayException">It can not be started, or says what nobody understands.</exception>
    public async Task<RegistryCredentials?> GetAsync(string name, RegistryHost host, CancellationToken cancellation)
    {
        var program = $"docker-credential-{name}";
        if (!Name().IsMatch(name))
            throw new SlipwayException($"The docker client's configuration names '{program}' for {host}, which is no name of a program.");

        var (code, said) = await RunAsync(program, host, cancellation);
        if (code != 0)
            return said.Contains("not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw new SlipwayException($"{program} has no login to {host}: {(said.Length > MostShown ? said[..MostShown] : said).Trim()} Log in with docker login {host}, or export {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}.");
        try
        {
            return JsonSerializer.Deserialize(said, HelperJson.Default.HelperAnswer) is { Username: { Length: > 0 } user, Secret: { Length: > 0 } secret }
                ? new(user, secret, program)
                : null;
        }
        catch (JsonException)
        {
            // its answer may hold a secret, so nobody gets to see it
            throw new SlipwayException($"What {program} says of {host} is no login. Log in again: docker login {host}");
        }
    }

    private async Task<(int Code, string Said)> RunAsync(string program, RegistryHost host, CancellationToken cancellation)
    {
        using var deadline = new Deadline(Timeout, time, cancellation);
        using var process = new Process { StartInfo = new(program, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
            // read and dropped, so that it can not block on it
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, deadline.Token);
            await AskAsync(process.StandardInput, host, deadline.Token);
            var said = await AnswerAsync(process, deadline.Token);
            if (said.Length == MostAnswer)
                process.Kill(entireProcessTree: true); // it would wait for ever until somebody reads the rest
            await process.WaitForExitAsync(deadline.Token);
            await errors;
            return (said.Length == MostAnswer ? 0 : process.ExitCode, said);
        }
        catch (Win32Exception e)
        {
            throw new SlipwayException($"The docker client's login to {host} is in {program}, which can not be started: {e.Message} Install it, or export {EnvironmentVariables.RegistryUser} and {EnvironmentVariables.RegistryPassword}.", e);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            if (cancellation.IsCancellationRequested)
                throw;
            throw new SlipwayException($"{program} did not say within {Timeout.TotalSeconds:0} s who you are to {host}. It may wait for a question to be answered: docker login {host} asks it as well.", e);
        }
    }

    private static async Task AskAsync(StreamWriter input, RegistryHost host, CancellationToken cancellation)
    {
        try
        {
            await input.WriteAsync(host.Name.AsMemory(), cancellation);
            input.Close();
        }
        catch (IOException)
        {
            // it ended without reading; its exit code and its words say why
        }
    }

    private static async Task<string> AnswerAsync(Process process, CancellationToken cancellation)
    {
        var answer = new char[MostAnswer];
        var length = await process.StandardOutput.ReadBlockAsync(answer, cancellation);
        return new(answer, 0, length);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex Name();
}

/// <summary>What such a program prints.</summary>
public sealed record HelperAnswer([property: JsonPropertyName("Username")] string? Username, [property: JsonPropertyName("Secret")] string? Secret);

[JsonSerializable(typeof(HelperAnswer))]
public sealed partial class HelperJson : JsonSerializerContext;
