using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Slipway.Gateway.Notifications;

namespace Slipway.Gateway.Tests.Notifications;

/// <summary>The receiver in docs/operations.md accepts what the gateway signs, and nothing else.</summary>
public class VerificationExampleTests
{
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const long Sent = 1_780_000_000;

    [Test]
    public async Task AcceptsWhatTheGatewaySignsAndNothingElse()
    {
        var body = TrafficEvent.Of(SampleChanges.Change(reason: "é \" \\"), "main").ToBytes();
        var signature = NotificationSecret.Parse(Key)!.Sign("main-2-1", Sent, body);
        var both = NotificationSecret.Parse($"whsec_{Convert.ToBase64String(new byte[32])},{Key}")!.Sign("main-2-1", Sent, body);
        var text = Encoding.UTF8.GetString(body);
        object[] questions =
        [
            new { signature, id = "main-2-1", sent = Sent, now = Sent + 300, body = text },
            new { signature = both, id = "main-2-1", sent = Sent, now = Sent, body = text },
            new { signature, id = "main-2-2", sent = Sent, now = Sent, body = text },
            new { signature, id = "main-2-1", sent = Sent + 1, now = Sent, body = text },
            new { signature, id = "main-2-1", sent = Sent, now = Sent, body = text + " " },
            new { signature = "v1,x", id = "main-2-1", sent = Sent, now = Sent, body = text },
            new { signature, id = "main-2-1", sent = Sent, now = Sent + 301, body = text },
        ];
        Assert.That(await AnswersAsync(questions), Is.EqualTo("True True False False False False False"));
    }

    private static async Task<string> AnswersAsync(object[] questions)
    {
        const string Main = """

            import json, sys
            for q in json.load(sys.stdin):
                headers = {"webhook-id": q["id"], "webhook-timestamp": str(q["sent"]), "webhook-signature": q["signature"]}
                print(is_from_gateway(headers, q["body"].encode(), sys.argv[1], lambda: q["now"]))
            """;
        var start = new ProcessStartInfo("python3", ["-c", Example() + Main, Key])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Start(start);
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(questions));
        python.StandardInput.Close();
        var errors = python.StandardError.ReadToEndAsync();
        var answers = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.That(await errors, Is.Empty);
        return string.Join(' ', answers.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("Python does not run here, so there is no receiver. Install python3.");
            throw;
        }
    }

    private static string Example()
    {
        var docs = Checkout.Text("docs/operations.md");
        const string Begin = "<!-- a test runs this -->\n```python\n";
        var begin = docs.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return docs[begin..docs.IndexOf("```", begin, StringComparison.Ordinal)];
    }
}
