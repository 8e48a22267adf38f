using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Protocol;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Invocations;

/// <summary><c>POST /invocations</c>: raw values by column name, CSV or JSON, as SageMaker and MLflow send them.</summary>
public sealed class InvocationsEndpoint(ModelLookup models, Predictor predictor, RequestBodies bodies, ModelRuns runs, InferLimits limits)
{
    private static readonly string[] Answers = [ContentTypes.Json, ContentTypes.Csv, ContentTypes.CsvToo, ContentTypes.JsonLines];

    public async Task HandleAsync(HttpContext context)
    {
        var slot = models.FindOnly(context);
        var form = FormOf(context.Request);
        var answer = AcceptPolicy.Choose(context.Request.Headers.Accept, Answers)
            ?? throw new RequestException(StatusCodes.Status406NotAcceptable, $"'Accept' allows none of {string.Join(", ", Answers)}.");
        using var body = await bodies.ReadAsync(context.Request, limits.MaxBodyBytes);
        using var loaded = await models.LoadedAsync(context, slot);
        await runs.RunAsync(context, new PendingRequest(this, slot, body.Bytes, form, answer), static (context, asked, work) => asked.Endpoint.Answer(context, asked, work));
    }

    private void Answer(HttpContext context, in PendingRequest asked, Workspace work)
    {
        using var lease = models.Lease(context, asked.Slot);
        try
        {
            var (form, body) = (asked.Form, asked.Body);
            if (form != Form.Csv)
                body = body[RequestBody.MarkLength(body.Span)..];
            var (profile, ignored) = (lease.Generation.Profile, new IgnoredColumns());
            using var csv = form == Form.Csv ? RawCsv.Read(body, profile, CsvHeader.IsPresent(context.Request, limits.CsvHeader), limits.MaxRows, ignored) : null;
            var range = csv is null ? RawRecords.Find(body.Span, lines: form == Form.Lines, limits.MaxRows) : new(0, body.Length, csv.Rows);
            limits.CheckSize(profile, range.Count);
            Answer(context, lease.Generation, body, csv, range, ignored, asked.Answer, work);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8
            throw RequestException.Bad($"The body is not valid JSON: {e.Message}");
        }
        catch (SlipwayException e)
        {
            throw RequestException.Bad(e.Message);
        }
    }

    private void Answer(
        HttpContext context, ModelGeneration generation, ReadOnlyMemory<byte> body, RawCsv? csv, RecordRange range, IgnoredColumns ignored, string answer, Workspace work)
    {
        var profile = generation.Profile;
        var batch = generation.Rent(range.Count);
        try
        {
            var logged = predictor.WillLog(context);
            work.Rows.StartRaw(profile, batch, logged);
            if (csv is not null)
                csv.Encode(work.Rows);
            else
                RawRecords.Read(body.Span, range, profile, work.Rows, ignored);
            predictor.Run(context, generation, batch, work, logged, raw: true);
            Write(context, profile, batch, answer, work, csv?.HasHeader ?? true);
            if (ignored.Header is { } names)
                context.Response.Headers[SlipwayHeaders.IgnoredColumns] = names;
        }
        catch (RequestException e) when (predictor.Rejected(context, generation, e))
        {
            throw;
        }
        finally
        {
            generation.Return(batch);
        }
    }

    private static void Write(HttpContext context, ModelProfile profile, RowBatch batch, string answer, Workspace work, bool header)
    {
        var csv = answer is ContentTypes.Csv or ContentTypes.CsvToo;
        context.Response.ContentType = csv ? $"{answer}; charset=utf-8" : answer;
        if (csv)
            InvocationResponseWriter.WriteCsv(work, profile, batch, header);
        else if (answer == ContentTypes.JsonLines)
            InvocationResponseWriter.WriteLines(work, profile, batch);
        else
            InvocationResponseWriter.WriteJson(work, profile, batch);
    }

    private static Form FormOf(HttpRequest request)
    {
        var type = ContentTypes.Of(request);
        return type.Is(ContentTypes.Json) ? Form.Json
            : type.Is(ContentTypes.Csv) || type.Is(ContentTypes.CsvToo) ? Form.Csv
            : type.Is(ContentTypes.JsonLines) ? Form.Lines
            : throw ContentTypes.Unsupported(request, $"{ContentTypes.Json}, {ContentTypes.JsonLines} or {ContentTypes.Csv}");
    }

    /// <param name="Answer">The media type of the response.</param>
    private readonly record struct PendingRequest(InvocationsEndpoint Endpoint, ModelSlot Slot, ReadOnlyMemory<byte> Body, Form Form, string Answer);

    private enum Form
    {
        Csv,
        Json,
        Lines,
    }
}
