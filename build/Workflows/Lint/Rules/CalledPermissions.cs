using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint.Rules;

/// <summary>A called workflow gets exactly what it needs from its caller: with less, GitHub does not start it, and more is not needed.</summary>
public sealed class CalledPermissions : IWorkflowRule
{
    public string Name => "called-permissions";

    public IEnumerable<WorkflowFinding> Check(WorkflowFiles files) =>
        from caller in files.Jobs
        where caller.Permissions is { IsMapping: true }
        let called = files.WorkflowOf(caller)
        where called is not null
        from finding in Check(caller, called)
        select finding;

    private IEnumerable<WorkflowFinding> Check(JobDefinition caller, WorkflowDefinition called)
    {
        var needed = called.Jobs.SelectMany(PermissionSet.Stated).Where(one => one.Level != "none").Distinct().ToList();
        foreach (var (name, level) in needed.Where(one => !PermissionSet.Grants(caller, one.Name, one.Level)))
            yield return caller.Permissions!.Wrong(Name, $"{called.File.Name} needs more than the job '{caller.Id}' grants. Add: {name}: {level}");
        foreach (var (name, level) in PermissionSet.Stated(caller).Where(one => one.Level != "none" && !needed.Exists(need => need == one || (need.Name, one.Level) == (one.Name, "read"))))
            yield return caller.Permissions!.Wrong(Name, $"No job of {called.File.Name} needs {name}: {level}. Remove it.");
    }
}
