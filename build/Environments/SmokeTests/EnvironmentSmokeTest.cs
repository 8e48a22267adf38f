using System.Net;
using Amazon.Runtime;
using Slipway.Build.Cli;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Reporting;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>Checks that callers of an environment get correct responses, and fails if they do not.</summary>
/// <param name="call">Creates the caller, which is disposed here.</param>
public sealed class EnvironmentSmokeTest(SlipwayEnvironment environment, Func<PublicGateway, GatewayCaller> call, IProgressReport report, WorkflowJob job)
{
    /// <exception cref="SlipwayException">A response was wrong or missing: the message contains the request and the response.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var caller = call(await environment.PublicGatewayAsync(cancellation));
        var ids = await PredictionIdsAsync(cancellation);
        SmokeResult result;
        try
        {
            result = await report.StepAsync($"Call {caller.Gateway}", step => new SmokeRun(environment, caller, ids).RunAsync(step, cancellation));
        }
        catch (NoResponseException e)
        {
            var what = $"{caller.Gateway} does not respond to {e.Message.TrimEnd('.')}.";
            job.Summarize(new Section($"Smoke test of {environment.Name}: no response", [new Paragraph(what)]));
            throw Failed(what, e);
        }

        report.Table($"Smoke test of '{environment.Name}'", SmokeReport.Rows(result));
        foreach (var line in SmokeReport.Limits(result))
            report.Line(line);
        job.Summarize(SmokeReport.Of(environment.Name, result));
        if (result.Failed is { Count: > 0 } failed)
            throw Failed($"{failed.Count} of {result.Checks.Count} responses of {caller.Gateway} are wrong:{string.Concat(failed.Select(check => $"\n  {check}"))}\n", null);
        report.Line($"All {result.Checks.Count} responses are correct.");
    }

    private SlipwayException Failed(string what, Exception? inner) => new(
        $"{what}{(what.EndsWith('\n') ? "" : " ")}To see what is running: ./build.sh --target=Status{environment.Argument}. "
        + $"To roll back: ./build.sh --target=Rollback{environment.Argument} --what={RollbackArguments.LastChange}", inner!);

    // most roles may not read it, and do not need it for the rest
    private async Task<PredictionIds?> PredictionIdsAsync(CancellationToken cancellation)
    {
        try
        {
            return new(await environment.PredictionKeyAsync(cancellation));
        }
        catch (SlipwayException e) when (e.InnerException is AmazonServiceException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, ErrorCode: "AccessDenied" or "AccessDeniedException" })
        {
            return null;
        }
    }
}
