using System.Net;
using Amazon.Runtime;
using Slipway.Build.Cli;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Reporting;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>Says of an environment whether callers get from it what they should, and fails when they do not.</summary>
/// <param name="call">Makes the caller; disposed of here.</param>
public sealed class EnvironmentSmokeTest(SlipwayEnvironment environment, Func<PublicGateway, GatewayCaller> call, IProgressReport report, WorkflowJob job)
{
    /// <exception cref="SlipwayException">Something was answered wrong, or not at all: the message holds what was asked and what came.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var caller = call(await environment.PublicGatewayAsync(cancellation));
        var ids = await PredictionIdsAsync(cancellation);
        SmokeResult result;
        try
        {
            result = await report.StepAsync($"Ask {caller.Gateway}", step => new SmokeRun(environment, caller, ids).RunAsync(step, cancellation));
        }
        catch (NoAnswerException e)
        {
            var what = $"{caller.Gateway} does not answer {e.Message.TrimEnd('.')}.";
            job.Summarize(new Section($"Smoke test of {environment.Name}: no answer", [new Paragraph(what)]));
            throw Failed(what, e);
        }

        report.Table($"Smoke test of '{environment.Name}'", SmokeReport.Rows(result));
        foreach (var line in SmokeReport.Limits(result))
            report.Line(line);
        job.Summarize(SmokeReport.Of(environment.Name, result));
        if (result.Failed is { Count: > 0 } failed)
            throw Failed($"{failed.Count} of {result.Checks.Count} answers of {caller.Gateway} are not what they should be:{string.Concat(failed.Select(check => $"\n  {check}"))}\n", null);
        report.Line($"All {result.Checks.Count} answers are as they should be.");
    }

    private SlipwayException Failed(string what, Exception? inner) => new(
        $"{what}{(what.EndsWith('\n') ? "" : " ")}What runs there: ./build.sh --target=Status{environment.Argument}. "
        + $"Back to what answered before: ./build.sh --target=Rollback{environment.Argument} --what={RollbackArguments.LastChange}", inner!);

    // most roles may not read it, and need not for the rest
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
