using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Answers.Evidence;
using Slipway.Registry.Signing;

namespace Slipway.Answers.Tests.Evidence;

/// <summary>The program that the docs print, and the forgeries that it is given.</summary>
internal sealed class EvidenceCheck : IDisposable
{
    private static readonly Version Least = new(18, 0);

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-evidence-").FullName;

    /// <summary>The program in docs/evidence.md.</summary>
    public static string Program { get; } = Regex.Match(
        File.ReadAllText(Path.Combine(Checkout.Root, "docs", "evidence.md")), @"^```js\n(?<program>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline).Groups["program"].Value;

    /// <summary>Why it cannot run here; null if it can.</summary>
    public static string? Missing { get; } = WhyMissing();

    /// <summary>Skips the test where it cannot run.</summary>
    public static void Require()
    {
        if (Missing is { } why)
            Assert.Ignore(why);
    }

    /// <returns>Exit code and output.</returns>
    public (int Code, string Output) Run(byte[] evidence, string fingerprint)
    {
        File.WriteAllText(Path.Combine(_folder, "check-evidence.mjs"), Program);
        File.WriteAllBytes(Path.Combine(_folder, "evidence.json"), evidence);
        return Node(_folder, "check-evidence.mjs", "evidence.json", fingerprint);
    }

    public void Dispose() => TestFolder.Remove(_folder);

    /// <summary>The file with another payload, under its old signature.</summary>
    public static byte[] Replace(byte[] file, Func<string, string> payload) => Envelope(file, envelope =>
        envelope["payload"] = Base64(payload(Payload(envelope))));

    public static byte[] Envelope(byte[] file, Action<JsonObject> change)
    {
        var envelope = JsonNode.Parse(file)!.AsObject();
        change(envelope);
        return JsonSerializer.SerializeToUtf8Bytes(envelope);
    }

    /// <summary>The file with other content, signed by whoever has a key.</summary>
    public static byte[] Sign(byte[] file, LocalKeySigner signer, Action<JsonObject> change)
    {
        var content = JsonNode.Parse(Payload(JsonNode.Parse(file)!.AsObject()))!.AsObject();
        change(content);
        var payload = JsonSerializer.SerializeToUtf8Bytes(content);
        var signature = signer.SignAsync(DsseEnvelope.PreAuthenticationEncoding(EvidenceContent.PayloadType, payload), default).Result;
        return JsonSerializer.SerializeToUtf8Bytes(
            new DsseEnvelope(EvidenceContent.PayloadType, Convert.ToBase64String(payload), [new(signer.Key.Id, Convert.ToBase64String(signature))]), SigningJson.Default.DsseEnvelope);
    }

    /// <summary>Changes the bytes of an object in the file, and its hash with them.</summary>
    public static void Rewrite(JsonNode @object, Func<string, string> change)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)@object["bytes"]!));
        var changed = change(text);
        Assert.That(changed, Is.Not.EqualTo(text), "the forgery changes nothing");
        @object["bytes"] = Base64(changed);
        @object["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(changed)));
    }

    private static string Payload(JsonObject envelope) => Encoding.UTF8.GetString(Convert.FromBase64String((string)envelope["payload"]!));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? WhyMissing()
    {
        try
        {
            var (code, version) = Node(Path.GetTempPath(), "--version");
            return code == 0 && Version.TryParse(version.Trim().TrimStart('v'), out var found) && found >= Least ? null : $"Node.js {version.Trim()} is older than {Least}.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node.js is not installed: the program that checks evidence cannot run.";
        }
    }

    private static (int Code, string Output) Node(string folder, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return (node.ExitCode, output + errors.Result);
    }
}
