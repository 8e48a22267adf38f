namespace Slipway.Automation.Reports;

/// <summary>Where the model comes from, and what a person can do about it.</summary>
internal static class OriginSections
{
    public static Html Lineage(TrainingRecord record) => Html.Of(
        $"""
        <section id="lineage">
        <h2>Lineage</h2>
        <p class="quiet">Everything that went into the job: the same lineage gives the same ONNX bytes.</p>
        <div class="wide"><table class="lineage">
        <tbody>
        {ReportLineage.Of(record).Select(entry => Html.Of($"""<tr><th scope="row">{entry.Key}</th><td>{entry.Value}</td></tr>"""))}
        </tbody>
        </table></div>
        </section>
        """);

    public static Html Commands(TrainingRecord record) => Html.Of(
        $"""
        <section id="commands">
        <h2>What you can do</h2>
        {(record.Lineage.Source.Dirty ? Html.Of($"<p>The job ran with uncommitted changes, so it can not be reproduced from a commit.</p>") : Html.Empty)}
        {ReportCommands.Of(record).Select(command => Html.Of($"<p>{command.Key}</p><pre><code>{command.Value}</code></pre>"))}
        </section>
        """);
}
