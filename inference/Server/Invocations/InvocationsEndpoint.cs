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
        try
        {
            var form = FormOf(context.Request);
            var answer = AcceptPolicy.Choose(context.Request.Headers.Accept, Answers)
                ?? throw new RequestException(StatusCodes.Status406NotAcceptable, $"'Accept' allows none of {string.Join(", ", Answers)}.");
            using var body = await bodies.ReadAsync(context.Request, limits.MaxBodyBytes);
            using var loaded = await models.LoadedAsync(context, slot);
            await runs.RunAsync(context, new PendingRequest(this, slot, body.Bytes, form, answer), static (context, asked, work) => asked.Endpoint.Answer(context, asked, work));
        }
        catch (Exception) when (ModelLookup.Failed(context, slot))
        {
            throw;
        }
    }

    private void Answer(HttpContext context, in PendingRequest asked, Workspace work)
    {
        using var lease = models.Lease(asked.Slot);
        try
        {
            if (asked.Form == Form.Csv)
                AnswerCsv(context, lease.Generation, asked, work);
            else
                AnswerRecords(context, lease.Generation, asked, work);
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

    private void AnswerRecords(HttpContext context, ModelGeneration generation, in PendingRequest asked, Workspace work)
    {
        var body = asked.Body[RequestBody.MarkLength(asked.Body.Span)..];
        if (asked.Form == Form.Json && TryAnswerOne(context, generation, body.Span, asked.Answer, work))
            return;
        var range = RawRecords.Find(body.Span, lines: asked.Form == Form.Lines, limits.MaxRows);
        Answer(context, generation, body, new RawRows(range.Count, Records: range), asked.Answer, work);
    }

    private bool TryAnswerOne(HttpContext context, ModelGeneration generation, ReadOnlySpan<byte> body, string answer, Workspace work)
    {
        var batch = generation.Rent(1);
        try
        {
            work.Rows.StartRaw(generation.Profile, batch, predictor.MayLog(context));
            if (!RawRecords.TryReadOne(body, generation.Profile, work.Rows))
                return false;
            Predict(context, generation, batch, predictor.WillLog(context), answer, header: true, work);
            return true;
        }
        finally
        {
            generation.Return(batch);
        }
    }

    private void AnswerCsv(HttpContext context, ModelGeneration generation, in PendingRequest asked, Workspace work)
    {
        var (body, profile) = (asked.Body, generation.Profile);
        var header = CsvHeader.IsPresent(context.Request, limits.CsvHeader);
        if (PlainCsv.Find(body.Span, profile, header, limits.MaxRows) is { } plain)
        {
            Answer(context, generation, body, new RawRows(plain.Rows, Plain: plain), asked.Answer, work);
            return;
        }

        using var csv = RawCsv.Read(body, profile, header, limits.MaxRows, work.Ignored);
        Answer(context, generation, body, new RawRows(csv.Rows, Csv: csv), asked.Answer, work);
    }

    private void Answer(HttpContext context, ModelGeneration generation, ReadOnlyMemory<byte> body, in RawRows sent, string answer, Workspace work)
    {
        var profile = generation.Profile;
        limits.CheckSize(profile, sent.Count);
        var batch = generation.Rent(sent.Count);
        try
        {
            var logged = predictor.WillLog(context);
            work.Rows.StartRaw(profile, batch, logged);
            if (sent.Plain is { } plain)
                plain.Encode(body.Span, work.Rows);
            else if (sent.Csv is { } csv)
                csv.Encode(work.Rows);
            else
                RawRecords.Read(body.Span, sent.Records, profile, work.Rows, work.Ignored);
            Predict(context, generation, batch, logged, answer, sent.HasHeader, work);
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

    private void Predict(HttpContext context, ModelGeneration generation, RowBatch batch, bool logged, string answer, bool header, Workspace work)
    {
        predictor.Run(context, generation, batch, work, logged, raw: true);
        Write(context, generation.Profile, batch, answer, work, header);
        if (work.Ignored.Header is { } names)
            context.Response.Headers[SlipwayHeaders.IgnoredColumns] = names;
    }

    private static void Write(HttpContext context, ModelProfile profile, RowBatch batch, string answer, Workspace work, bool header)
    {
        var csv = answer is ContentTypes.Csv or ContentTypes.CsvToo;
        context.Response.ContentType = answer switch { ContentTypes.Csv => $"{ContentTypes.Csv}; charset=utf-8", ContentTypes.CsvToo => $"{ContentTypes.CsvToo}; charset=utf-8", _ => answer };
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

    /// <summary>The rows of a request, in one of the forms in which they come.</summary>
    private readonly record struct RawRows(int Count, RecordRange Records = default, PlainCsv? Plain = null, RawCsv? Csv = null)
    {
        public bool HasHeader => Plain?.HasHeader ?? Csv?.HasHeader ?? true;
    }

    private enum Form
    {
        Csv,
        Json,
        Lines,
    }
}
