namespace Slipway.Automation.Rollouts;

/// <summary>Another rollout is running, and two at once could not be told apart: nothing was requested.</summary>
public sealed class RolloutRunningException(RolloutInProgress running) : RolloutPostponedException(
    $"{running.Describe()}. Until it has ended, nothing else is rolled out. Wait for it (./build.sh --target=Status shows it), or end it: "
    + "./build.sh --target=Promote completes it now, ./build.sh --target=Rollback takes it back.");
