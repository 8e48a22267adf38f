namespace Slipway.Inference.Evaluators;

public sealed partial class ModelCompiler
{
    [LoggerMessage(Level = LogLevel.Information, Message = "ONNX Runtime evaluates {Model} version {Version}, which cannot be compiled: {Reason}")]
    private partial void LogNotCompiled(string model, int version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "ONNX Runtime evaluates {Model} version {Version}, because its compiled form predicts something else: {Difference}")]
    private partial void LogMismatch(string model, int version, string difference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "ONNX Runtime evaluates {Model} version {Version}, because compiling it failed")]
    private partial void LogFailed(string model, int version, Exception exception);
}
