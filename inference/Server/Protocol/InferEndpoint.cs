using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry.Models;

namespace Slipway.Inference.Protocol;

/// <summary><c>POST /v2/models/{model}/infer</c>: body in, one synchronous run on this thread, response out.</summary>
public sealed class InferEndpoint(ModelLookup models, Predictor predictor, RequestBodies bodies, ModelRuns runs, InferLimits limits)
{
    public async Task HandleAsync(HttpContext context)
    {
        var slot = models.Find(context);
        var jsonLength = JsonLength(context.Request);
        using var body = await bodies.ReadAsync(context.Request, limits.MaxBodyBytes);
        if (jsonLength > body.Bytes.Length)
            throw RequestException.Bad($"{BinaryTensors.HeaderLength} is {jsonLength}, more than the {body.Bytes.Length} bytes of the body.");

        using var loaded = await models.LoadedAsync(context, slot, ModelLookup.VersionOf(context));
        var mark = RequestBody.MarkLength(body.Bytes.Span);
        await runs.RunAsync(context, new PendingRequest(this, slot, body.Bytes[mark..], Math.Max(0, (jsonLength ?? body.Bytes.Length) - mark)),
            static (context, asked, work) => asked.Endpoint.Answer(context, asked, work));
    }

    private void Answer(HttpContext context, in PendingRequest asked, Workspace work)
    {
        using var lease = models.Lease(asked.Slot, ModelLookup.VersionOf(context));
        var body = asked.Body.Span;
        var generation = lease.Generation;
        InferRequestReader.Read(body, asked.JsonLength, generation.Profile, work.Request, limits);
        CheckComplete(generation.Profile, work.Request);
        var batch = generation.Rent(work.Request.Tensors[0].Rows);
        try
        {
            var logged = predictor.WillLog(context);
            var raw = work.Request.Tensors[0].Column != InferRequest.Features;
            if (raw)
                ReadColumns(body, generation.Profile, batch, work, logged);
            else
                ReadFeatures(body, generation.Profile, batch, work);
            predictor.Run(context, generation, batch, work, logged, raw);
            WriteHeaders(context.Response, InferResponseWriter.Write(work, body, generation.Profile, batch));
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

    private static void ReadFeatures(ReadOnlySpan<byte> body, ModelProfile profile, RowBatch batch, Workspace work)
    {
        work.Rows.StartEncoded(profile);
        ref readonly var tensor = ref work.Request.Tensors[0];
        if (tensor.Binary)
            BinaryTensorReader.ReadFeatures(body, tensor, batch.Inputs);
        else if (work.Request.ValueCount == batch.Inputs.Length)
            work.Request.Values.CopyTo(batch.Inputs);
        else
            TensorReader.ReadFeatures(body, tensor, batch.Inputs);
    }

    private static void ReadColumns(ReadOnlySpan<byte> body, ModelProfile profile, RowBatch batch, Workspace work, bool record)
    {
        work.Rows.StartRaw(profile, batch, record);
        foreach (ref readonly var tensor in work.Request.Tensors)
            if (tensor.Binary)
                BinaryTensorReader.ReadColumn(body, tensor, work.Rows);
            else
                TensorReader.ReadColumn(body, tensor, work.Rows);
    }

    private static void CheckComplete(ModelProfile profile, InferRequest request)
    {
        if (request.Has(InferRequest.Features))
        {
            if (request.Count > 1)
                throw RequestException.Bad($"Send either '{ModelSchema.InputName}' or the raw columns, not both.");
            return;
        }

        if (request.Count == profile.Encoder.ColumnCount)
            return;
        var missing = profile.Schema.Columns.Where((_, index) => !request.Has(index)).Select(column => column.Name);
        throw RequestException.Bad($"These inputs are missing: {ShownText.List(missing)}. Use null in a column's data for missing values.");
    }

    /// <param name="header">The number of bytes of JSON before binary tensors; null if there are none.</param>
    private static void WriteHeaders(HttpResponse response, int? header)
    {
        response.ContentType = header is null ? "application/json" : "application/octet-stream";
        if (header is { } length)
            response.Headers[BinaryTensors.HeaderLength] = InferResponseWriter.HeaderValue(length);
    }

    private static int? JsonLength(HttpRequest request)
    {
        if (request.Headers.TryGetValue(BinaryTensors.HeaderLength, out var text))
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? length
                : throw RequestException.Bad($"{BinaryTensors.HeaderLength} is '{ShownText.Of(text.ToString())}': it must be the number of bytes of JSON before the binary tensors.");

        ContentTypes.Require(request, ContentTypes.Json, allowNone: true);
        return null;
    }

    /// <param name="JsonLength">The number of bytes of JSON at the start of the body; the rest are binary tensors.</param>
    private readonly record struct PendingRequest(InferEndpoint Endpoint, ModelSlot Slot, ReadOnlyMemory<byte> Body, int JsonLength);
}
