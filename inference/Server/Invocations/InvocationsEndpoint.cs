using System.Text.Json;
using Microsoft.Extensions.ObjectPool;
using Slipway.Registry;

namespace Slipway.Inference;

/// <summary><c>POST /invocations</c>: raw values by column name, CSV or JSON, as SageMaker sends them.</summary>
public sealed class InvocationsEndpoint(
    ModelLookup models, AdmissionGate gate, Predictor predictor, ObjectPool<Workspace> workspaces, InferLimits limits)
{
    public async Task HandleAsync(HttpContext context)
    {
        var slot = models.FindOnly(context);
        var csv = IsCsv(context.Request);
        using var body = await RequestBody.ReadAsync(context.Request, limits.MaxBodyBytes);
        await gate.EnterAsync(context);
        var work = workspaces.Get();
        try
        {
            try
            {
                Answer(context, slot, body.Bytes, csv, work);
            }
            finally
            {
                gate.Leave();
            }

            context.Response.ContentLength = work.Response.Length;
            System.Buffers.BuffersExtensions.Write(context.Response.BodyWriter, work.Response.Written);
        }
        finally
        {
            workspaces.Return(work);
        }
    }

    private void Answer(HttpContext context, ModelSlot slot, ReadOnlyMemory<byte> body, bool csv, Workspace work)
    {
        using var lease = models.Lease(context, slot);
        try
        {
            var ignored = new IgnoredColumns();
            using var rows = csv ? RawCsv.Read(body, lease.Generation.Profile, CsvHeader.IsPresent(context.Request, limits.CsvHeader), limits.MaxRows, ignored) : null;
            var range = rows is null ? RawRecords.Find(body.Span, limits.MaxRows) : new(0, body.Length, rows.Rows);
            Answer(context, lease.Generation, body, rows, range, ignored, work);
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
        HttpContext context, ModelGeneration generation, ReadOnlyMemory<byte> body, RawCsv? csv, RecordRange range, IgnoredColumns ignored, Workspace work)
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
            Write(context, profile, batch, work, csv?.HasHeader ?? true);
            if (ignored.Header is { } names)
                context.Response.Headers[SlipwayHeaders.IgnoredColumns] = names;
        }
        finally
        {
            generation.Return(batch);
        }
    }

    private static void Write(HttpContext context, ModelProfile profile, RowBatch batch, Workspace work, bool header)
    {
        var csv = context.Request.Headers.Accept.ToString().Contains(ContentTypes.Csv, StringComparison.OrdinalIgnoreCase);
        context.Response.ContentType = csv ? "text/csv; charset=utf-8" : ContentTypes.Json;
        if (csv)
            InvocationResponseWriter.WriteCsv(work, profile, batch, header);
        else
            InvocationResponseWriter.WriteJson(work, profile, batch);
    }

    private static bool IsCsv(HttpRequest request)
    {
        var type = ContentTypes.Of(request);
        if (type.Equals(ContentTypes.Csv, StringComparison.OrdinalIgnoreCase))
            return true;
        return type.Equals(ContentTypes.Json, StringComparison.OrdinalIgnoreCase)
            ? false
            : throw ContentTypes.Unsupported(request, $"{ContentTypes.Json} or {ContentTypes.Csv}");
    }
}
