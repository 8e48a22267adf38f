using Slipway.Registry;

namespace Slipway.Automation.SageMaker;

/// <summary>A job has ended, but automation has not said what became of it. It would not say so of another job either.</summary>
public sealed class NobodyJudgedException(string message) : SlipwayException(message);
