using Cake.Core;
using Cake.Core.IO;

namespace Slipway.Build.Tools;

/// <summary>The same context, but cancellation kills its processes: Cake's tools do not support cancellation.</summary>
public sealed class StoppableContext(ICakeContext context, CancellationToken stop) : CakeContextAdapter(context), IProcessRunner
{
    private readonly IProcessRunner _inner = context.ProcessRunner;

    public override IProcessRunner ProcessRunner => this;

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        stop.ThrowIfCancellationRequested();
        return new StoppableProcess(_inner.Start(filePath, settings), stop);
    }

    private sealed class StoppableProcess : IProcess
    {
        private readonly IProcess _inner;
        private readonly CancellationTokenRegistration _registration;

        public StoppableProcess(IProcess inner, CancellationToken stop)
        {
            _inner = inner;
            _registration = stop.Register(Kill);
        }

        public void WaitForExit() => _inner.WaitForExit();

        public bool WaitForExit(int milliseconds) => _inner.WaitForExit(milliseconds);

        public int GetExitCode() => _inner.GetExitCode();

        public IEnumerable<string> GetStandardError() => _inner.GetStandardError();

        public IEnumerable<string> GetStandardOutput() => _inner.GetStandardOutput();

        public void Kill()
        {
            try
            {
                _inner.Kill();
            }
            catch (InvalidOperationException)
            {
                // it has just exited
            }
        }

        public void Dispose()
        {
            _registration.Dispose();
            _inner.Dispose();
        }
    }
}
