using System.Buffers;
using Microsoft.Extensions.ObjectPool;
using Slipway.Inference.Bakes;

namespace Slipway.Inference.Requests;

/// <summary>
/// The steps of every request that runs a model: its turn, one synchronous run on this thread, and the response. The turn ends before the response is
/// sent, so that a slow caller does not block others.
/// </summary>
public sealed class ModelRuns(AdmissionGate gate, ObjectPool<Workspace> workspaces)
{
    /// <param name="answer">Writes headers and <see cref="Workspace.Response"/>. Given the request as a value, so that it needs no closure.</param>
    /// <exception cref="RequestException">503: too many wait already.</exception>
    public async Task RunAsync<T>(HttpContext context, T request, Action<HttpContext, T, Workspace> answer)
    {
        await gate.EnterAsync(context);
        var work = workspaces.Get();
        try
        {
            try
            {
                Answer(context, request, answer, work);
            }
            finally
            {
                gate.Leave();
            }

            // without a flush, Kestrel sends headers and body in one packet when the handler returns; with the headers first, it need not copy the body again
            context.Response.ContentLength = work.Response.Length;
            await context.Response.StartAsync(CancellationToken.None);
            context.Response.BodyWriter.Write(work.Response.Written);
        }
        finally
        {
            workspaces.Return(work);
        }
    }

    private static void Answer<T>(HttpContext context, T request, Action<HttpContext, T, Workspace> answer, Workspace work)
    {
        try
        {
            answer(context, request, work);
        }
        catch (VersionPutBackException)
        {
            // its caller need not notice
            work.Clear();
            answer(context, request, work);
        }
    }
}
